@call "%~dp0..\start.bat" split %*
