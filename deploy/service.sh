#!/bin/sh
# Connective as a service of this machine, as root:
#   service.sh install connective-*.whl   sets it up and starts it; prints a link for the first administrator
#   service.sh upgrade connective-*.whl   backs up, stops, installs, migrates, starts, checks
#   service.sh remove [--with-data]       takes it off, and what it has kept only when told to
# URL and ADMIN say where it is reached and who comes first; PREFIX, DATA, ETC and PYTHON name other places.
set -eu

deploy=$(dirname "$0")
prefix=${PREFIX:-/opt/connective}
data=${DATA:-/var/lib/connective}
etc=${ETC:-/etc}
unit=$etc/systemd/system/connective.service
told=$etc/connective.env

placed() {
    sed "s|/opt/connective|$prefix|; s|/var/lib/connective|$data|; s|/etc/connective|$etc/connective|" \
        "$deploy/$1"
}

as() {
    (
        set -a
        . "$told"
        set +a
        exec runuser -u connective -- "$prefix/bin/connective" "$@"
    )
}

install_it() {
    id connective >/dev/null 2>&1 || useradd --system --home-dir "$data" connective
    install -d -m 700 -o connective "$data"
    "${PYTHON:-python3}" -m venv "$prefix"
    "$prefix/bin/pip" install --quiet "$1"
    placed connective.service >"$unit"
    if ! [ -e "$told" ]; then # else it was here before, and so was its administrator
        (umask 077 && placed connective.env | sed "s|https://bots.example.com|$URL|" >"$told")
        first=yes
    fi
    as migrate
    [ -z "${first:-}" ] || as user create --root --no-password --email "$ADMIN"
    systemctl daemon-reload
    systemctl enable --now connective
}

upgrade_it() {
    as backup "$data/before-upgrade-$(date +%Y%m%d-%H%M%S).bak"
    systemctl stop connective
    "$prefix/bin/pip" install --quiet --upgrade "$1"
    as migrate
    systemctl start connective
    as doctor
}

remove_it() {
    systemctl disable --now connective
    rm -rf "$unit" "$prefix"
    systemctl daemon-reload
    if [ "${1:-}" = --with-data ]; then
        rm -rf "$told" "$data"
        userdel connective
    fi
}

case ${1:-} in
install) : "${URL:?}" "${ADMIN:?}" && install_it "$2" ;;
upgrade) upgrade_it "$2" ;;
remove) remove_it "${2:-}" ;;
*) sed -n 's/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
