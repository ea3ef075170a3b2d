@call "%~dp0..\start.bat" merge %*
