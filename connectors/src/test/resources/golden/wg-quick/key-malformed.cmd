command: wg-quick up wg0
host: cli
at: 1795350567.898
exit: 1
