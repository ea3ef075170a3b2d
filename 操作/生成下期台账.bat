@call "%~dp0..\start.bat" next %*
