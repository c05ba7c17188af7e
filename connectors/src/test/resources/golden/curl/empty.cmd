command: curl -s http://192.0.2.80/
host: cli
at: 1795350600.25
unread: 0
