command: curl -m 5 https://api.ipify.org
host: cli
at: 1795350600.25
