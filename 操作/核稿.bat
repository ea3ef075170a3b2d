@call "%~dp0..\start.bat" check %*
