command: wg-quick up wg0
host: mac
at: 1795350600.25
