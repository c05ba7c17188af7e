command: route -n get 10.66.66.1
host: mac
at: 1795350600.25
