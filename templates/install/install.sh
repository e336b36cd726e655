#!/bin/sh
# Installs this folder to /opt/ortoo as a service of its own account. 安装到 /opt/ortoo，以专用账号运行。
# Run as root from the unpacked folder; run again with a newer one to upgrade. 用 root 在解开的目录中运行；升级时用新版再运行一次。
set -eu
from=$(cd "$(dirname "$0")" && pwd -P)
to=/opt/ortoo

[ "$(id -u)" = 0 ] || { echo "请用 root 运行。Run this as root." >&2; exit 1; }
[ "$from" != "$to" ] || { echo "请在 $to 以外的目录解开安装包。Unpack somewhere else than $to." >&2; exit 1; }

id ortoo >/dev/null 2>&1 || useradd --system --home-dir /var/lib/ortoo --no-create-home --shell /usr/sbin/nologin ortoo
install -d -o ortoo -g ortoo -m 0700 /var/lib/ortoo
install -d -o root -g ortoo -m 0750 /etc/ortoo
[ -e /etc/ortoo/ortoo.env ] || install -o root -g ortoo -m 0640 "$from/ortoo.env" /etc/ortoo/ortoo.env

# The new version beside the old one, then a swap: a copy that breaks off leaves the old one whole.
rm -rf "$to.new"
cp -R "$from" "$to.new"
chown -R root:root "$to.new"
chmod -R u=rwX,go=rX "$to.new"
rm -rf "$to.old"
[ ! -e "$to" ] || mv "$to" "$to.old"
mv "$to.new" "$to"

if [ -d /usr/local/bin ]; then
  cat > /usr/local/bin/ortoo <<'COMMAND'
#!/bin/sh
# The command line with the service's settings; root becomes the service's account, so that no file of root's is left in its folder.
set -a
. /etc/ortoo/ortoo.env || exit 1
set +a
[ "$(id -u)" != 0 ] || exec setpriv --reuid=ortoo --regid=ortoo --init-groups /opt/ortoo/bin/ortoo "$@"
exec /opt/ortoo/bin/ortoo "$@"
COMMAND
  chmod 0755 /usr/local/bin/ortoo
fi
if [ -d /etc/systemd/system ]; then
  "$to/bin/ortoo" unit > /etc/systemd/system/ortoo.service
  ! command -v systemctl >/dev/null 2>&1 || systemctl daemon-reload || true
fi
cat <<'TEXT'
已安装。接下来：
  1. 编辑 /etc/ortoo/ortoo.env（网址、邮件服务器）
  2. systemctl enable --now ortoo
  3. journalctl -u ortoo | grep 管理员      （首位管理员的链接，一次有效）
Installed. Next:
  1. edit /etc/ortoo/ortoo.env (public address, mail relay)
  2. systemctl enable --now ortoo
  3. journalctl -u ortoo | grep administrator   (the first administrator's link, good once)
TEXT
