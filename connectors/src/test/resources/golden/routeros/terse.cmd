command: /interface wireguard peers print terse without-paging
host: mt
at: 1795350600.25
