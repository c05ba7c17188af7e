command: wget -qO- https://icanhazip.com
host: vps
at: 1795350600.25
recognised: no
