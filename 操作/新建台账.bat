@call "%~dp0..\start.bat" new %*
