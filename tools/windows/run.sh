#!/bin/sh
# run.sh CODE_PAGE PROGRAM ARGUMENT...: a program as the Windows user 王小明, on a Windows with that code page (1252, 936).
# Wine takes the user's name from the system's list of users: libnss_wrapper shows it another list.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd)/build/windows
page=$1
shift
case $page in
936) language=zh_CN.UTF-8 ;;
*) language=en_US.UTF-8 ;;
esac
if [ ! -s "$home/users" ]; then
    printf '王小明:x:%s:%s::%s:/bin/sh\n' "$(id -u)" "$(id -g)" "$home" >"$home/users"
    printf 'users:x:%s:\n' "$(id -g)" >"$home/groups"
fi
export WINEPREFIX="$home/$page" WINEARCH=win64 WINEDEBUG=-all LANG=$language LC_ALL=$language
export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe,winedbg.exe=d"
export NSS_WRAPPER_PASSWD="$home/users" NSS_WRAPPER_GROUP="$home/groups" LD_PRELOAD=libnss_wrapper.so
unset DISPLAY PYTHONPATH VIRTUAL_ENV
unset PYTHONDONTWRITEBYTECODE # file access is slow there: without bytecode every start would compile all it imports
exec "$@"
