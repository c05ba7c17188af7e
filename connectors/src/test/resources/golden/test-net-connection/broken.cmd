command: Test-NetConnection vpn.example.com
host: pc
at: 1795350600.25
unread: 0
