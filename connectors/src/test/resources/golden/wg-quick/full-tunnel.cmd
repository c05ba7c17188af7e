command: wg-quick up wg0
host: cli
at: 1795349472.234
exit: 0
