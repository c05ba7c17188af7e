command: curl http://192.0.2.80/
host: cli
at: 1795350600.25
exit: 0
recognised: no
