#!/bin/sh
# Makes sure that this machine has what the tests need and pip cannot bring: Chromium, PostgreSQL, openssl, venv.
# `sh tests/machine.sh` looks at all, `sh tests/machine.sh venv` at venv only. Silent when all is there;
# exits 1 and says what to install when something is missing that it may not or cannot install.
set -eu

has_venv() {
    "${PYTHON:-python3}" -c 'import venv, ensurepip' >/dev/null 2>&1
}

# Ubuntu's `chromium` may be a stub that only tells to install a snap: it must really answer.
has_chromium() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$browser" >/dev/null 2>&1 && "$browser" --version 2>/dev/null | grep -q '[0-9]\.[0-9]'; then
            return 0
        fi
    done
    return 1
}

has_postgresql() {
    command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1 && return 0
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && return 0
    done
    return 1
}

is_ubuntu() {
    grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null
}

# What is missing, as packages of Debian.
list_missing() {
    has_venv || echo python3-venv
    [ "$what" = venv ] && return 0
    has_chromium || echo chromium fonts-noto-core
    has_postgresql || echo postgresql
    command -v openssl >/dev/null 2>&1 || echo openssl
}

# The missing packages that apt-get can really bring: on Ubuntu not Chromium.
list_installable() {
    for package in $missing; do
        if [ "$package" = chromium ] && is_ubuntu; then continue; fi
        echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

install() {
    echo "Installing" "$@" >&2
    case " $* " in *" postgresql "*) make_no_cluster ;; esac
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" >&2 || true
}

# The tests start a server of their own: the package shall not make and start one.
make_no_cluster() {
    settings=/etc/postgresql-common/createcluster.d
    [ -e "$settings/cocreate.conf" ] && return 0
    as_root mkdir -p "$settings"
    echo 'create_main_cluster = false' | as_root tee "$settings/cocreate.conf" >/dev/null
    trap 'as_root rm -f "$settings/cocreate.conf"' EXIT
}

say_what_to_install() {
    echo "The tests need what this machine does not have. Install:" >&2
    echo "    apt-get install" $missing >&2
    case " $missing " in *" chromium "*) if is_ubuntu; then
        echo "On Ubuntu the package chromium is only a stub for a snap, which tests cannot drive: install" >&2
        echo "Google Chrome's .deb (google-chrome-stable) instead, or use Debian." >&2
    fi ;; esac
    case " $missing " in *" python3-venv "*)
        echo "When ${PYTHON:-python3} is not the distribution's Python, use one that has venv and ensurepip." >&2
    ;; esac
}

what=${1:-all}
missing=$(echo $(list_missing))
[ -n "$missing" ] || exit 0

packages=$(echo $(list_installable))
if [ -n "$packages" ] && may_install; then
    install $packages
    missing=$(echo $(list_missing))
    [ -n "$missing" ] || exit 0
fi
say_what_to_install
exit 1
