@call "%~dp0..\start.bat" remove-samples %*
