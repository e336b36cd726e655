#!/bin/sh
# ortoo: the command line of this folder, run by the Node.js that lies beside it. Needs nothing on the PATH.
case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
here=$(cd "$here/.." && pwd -P) || exit 1
exec "$here/bin/node" "$here/dist/cli.js" "$@"
