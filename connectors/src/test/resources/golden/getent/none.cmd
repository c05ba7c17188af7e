command: getent ahosts none.example.org
host: cli
at: 1795350600.25
exit: 2
recognised: no
