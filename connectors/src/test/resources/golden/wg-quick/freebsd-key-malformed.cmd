command: wg-quick up wg0
host: fw
at: 1795350600.25
