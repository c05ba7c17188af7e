command: az network nsg rule list -g rg --nsg-name nsg -o table
host: srv
at: 1795350600.25
exit: 0
