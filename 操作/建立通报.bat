@call "%~dp0..\start.bat" setup %*
