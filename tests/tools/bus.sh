# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# start_bus DIR LOG: a session bus with nothing of the machine's own desktop on it but the accessibility bus, and an
# unlocked password store unless KEYRING=no or gnome-keyring is not installed. Prepends to the array "servers".
start_bus()
{
  local dir=$1 log=$2 fd
  mkdir -p "$dir/services"
  # without the others: a password store started by itself would ask a person for a password
  cp /usr/share/dbus-1/services/org.a11y.Bus.service "$dir/services" 2>/dev/null || true
  sed "s|<standard_session_servicedirs */>|<servicedir>$dir/services</servicedir>|" /usr/share/dbus-1/session.conf >"$dir/bus.conf"
  exec {fd}<> <(:)
  dbus-daemon --config-file="$dir/bus.conf" --nofork --print-address="$fd" >"$log/dbus.log" 2>&1 &
  servers=($! "${servers[@]}")
  read -r -t 20 DBUS_SESSION_BUS_ADDRESS <&"$fd" || { echo "no session bus" >&2; exit 70; }
  exec {fd}<&-
  export DBUS_SESSION_BUS_ADDRESS
  if [ "${KEYRING:-yes}" != no ] && command -v gnome-keyring-daemon >/dev/null; then start_key_ring "$dir" "$log"; fi
}

# start_key_ring DIR LOG: returns once its "login" collection can be used
start_key_ring()
{
  local dir=$1 log=$2
  mkdir -m 700 -p "$dir/keyring"
  printf 'the password of a test' | XDG_DATA_HOME="$dir/keyring" XDG_RUNTIME_DIR="$dir/keyring" \
    gnome-keyring-daemon --unlock --components=secrets --foreground >"$log/keyring.log" 2>&1 &
  servers=($! "${servers[@]}")
  for _ in $(seq 100); do
    if dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
      org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null | grep -q false; then return 0; fi
    sleep 0.05
  done
  echo "no password store" >&2
  exit 70
}
