@echo off
setlocal
pushd "%~dp0"
if not exist "generate.py" goto nodir
set PYTHONDONTWRITEBYTECODE=1
set TONGBAO_PAUSE=no
if exist "python\python.exe" goto bundled
where py >nul 2>nul
if errorlevel 1 goto nopy
py -3 "generate.py" %*
goto done
:bundled
set PYTHONNOUSERSITE=1
"python\python.exe" -X utf8 "generate.py" %*
:done
set "RC=%ERRORLEVEL%"
goto end
:nopy
echo [ERROR] Python 3.11 or newer is not installed, and there is no folder "python" beside this file.
echo         Install Python from python.org, or unzip the complete package again.
set "RC=2"
goto end
:nodir
echo [ERROR] generate.py is missing. Unzip the WHOLE folder first, or copy it to a local disk.
set "RC=2"
:end
popd
echo.
pause
exit /b %RC%
