#!/bin/sh
# Installs the program of this kit without any network and without being root:  sh install.sh [FOLDER]
# FOLDER is ~/.local/opt/oralhistory when none is named. Checks every file first; what is unpacked must pass its own test before
# it takes the place of an older one, which stays beside it as FOLDER.old. Nothing but this program is ever moved or deleted.
set -eu
kit=$(cd "$(dirname "$0")" && pwd)
target=${1:-$HOME/.local/opt/oralhistory}
case "$target" in /*) ;; *) target=$PWD/$target ;; esac

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    ko*) unpacking="압축을 풀고 있습니다:" testing="프로그램이 스스로를 시험합니다. 1~2분 걸립니다."
         failed="자체 시험에 실패했습니다. 이전 프로그램은 그대로입니다." installed="설치되었습니다. 시작하려면:"
         models="음성 인식 모델은 프로그램의 설정에서 이 폴더의 파일로 추가하십시오:"
         foreign="이 폴더에는 다른 것이 들어 있습니다. 아무것도 바뀌지 않았습니다:" ;;
    zh*) unpacking="正在解压：" testing="程序正在自检，需要一两分钟。" failed="自检失败。原有的程序保持不变。"
         installed="已安装。启动方式：" models="请在程序的设置中添加语音模型，文件在此文件夹："
         foreign="此文件夹里有别的内容，未作任何更改：" ;;
    *)   unpacking="Unpacking:" testing="The program tests itself. This takes a minute or two."
         failed="It failed its own test. The program from before is as it was." installed="Installed. Start it with:"
         models="Add speech models in the program's settings, from this folder:"
         foreign="This folder holds something else; nothing was changed:" ;;
esac

# What would be moved or deleted is this program and nothing beside it, or empty. An archive may have been put anywhere, deep into
# the program's own folders too.
for one in "$target" "$target.old"; do
    if [ -f "$one/oralhistory" ]; then
        stranger=$(
            ls -A "$one" | grep -vxF -e oralhistory -e _internal -e parts.cdx.json -e licences || :
            find "$one/" -name keyslots.json
        )
    elif [ -d "$one" ]; then
        stranger=$(ls -A "$one")
    elif [ -e "$one" ] || [ -h "$one" ]; then
        stranger=$one
    else
        stranger=
    fi
    if [ -n "$stranger" ]; then
        echo "$foreign $one" >&2
        exit 1
    fi
done

sh "$kit/verify.sh"

new=$target.unpacking.$$
trap 'rm -rf "$new"' EXIT
mkdir -p "$(dirname "$target")"
mkdir "$new"  # fails where there is one already, so that what is deleted is always our own
echo "$unpacking $target"
tar -xzf "$kit/program.tar.gz" -C "$new" --strip-components 1
echo "$testing"
if ! "$new/oralhistory" --self-test; then
    echo "$failed" >&2
    exit 1
fi
if [ -e "$target" ]; then
    rm -rf "$target.old"
    mv "$target" "$target.old"
fi
mv "$new" "$target"

# A neutral name in the menu, as in the title of the window.
menu=${XDG_DATA_HOME:-$HOME/.local/share}/applications
mkdir -p "$menu"
cat > "$menu/oralhistory.desktop" <<END
[Desktop Entry]
Type=Application
Name=Archive
Name[ko]=보관소
Name[zh_CN]=档案库
Exec="$target/oralhistory"
Terminal=false
END

echo "$installed"
echo "  $target/oralhistory"
if [ -d "$kit/models" ]; then
    echo "$models"
    echo "  $kit/models"
fi
