command: route get 198.51.100.7
host: mac
at: 1795350600.25
