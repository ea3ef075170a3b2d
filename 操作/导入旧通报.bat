@call "%~dp0..\start.bat" import %*
