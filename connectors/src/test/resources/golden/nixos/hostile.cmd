command: cat configuration.nix
host: srv
at: 1795350600.25
exit: 0
