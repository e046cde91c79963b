import type { Product } from '../products';

const SECOND = 1000;

/**
 * A source is `owner/repository path: what stands there`, as read in the repository, or the page of a documentation.
 * What nobody could be shown to have written is left out: better no ping than one that hides a timeout.
 */
export const PRODUCTS: readonly Product[] = [
  {
    name: 'Socket.IO',
    paths: ['/socket.io'],
    anywhere: true,
    certain: true,
    source: 'socketio/socket.io packages/socket.io/lib/index.ts: opts.path || "/socket.io"',
    ping: {
      every: 25 * SECOND,
      source: 'socketio/socket.io packages/engine.io/lib/server.ts: pingInterval 25000',
    },
    fallback: {
      kind: 'polling',
      source: 'socketio/socket.io packages/engine.io/lib/server.ts: transports polling, websocket',
    },
    affinity: 'https://socket.io/docs/v4/using-multiple-nodes/: sticky sessions, else 400 "Session ID unknown"',
  },
  {
    name: 'Engine.IO',
    paths: ['/engine.io'],
    anywhere: true,
    certain: true,
    source: 'socketio/socket.io packages/engine.io/lib/server.ts: _computePath, "/engine.io"',
    ping: {
      every: 25 * SECOND,
      source: 'socketio/socket.io packages/engine.io/lib/server.ts: pingInterval 25000',
    },
    fallback: {
      kind: 'polling',
      source: 'socketio/socket.io packages/engine.io/lib/server.ts: transports polling, websocket',
    },
    affinity: 'socketio/socket.io packages/engine.io/lib/server.ts: UNKNOWN_SID for a session of another server',
  },
  {
    name: 'SockJS',
    paths: ['/sockjs', '/sockjs-node', '/__sockjs__'],
    anywhere: true,
    certain: true,
    source:
      'OctoPrint/OctoPrint src/octoprint/server/__init__.py: "/sockjs"; facebook/create-react-app packages/react-dev-utils/webpackHotDevClient.js (older): /sockjs-node; rstudio/shiny-server lib/proxy/sockjs.js: __sockjs__',
    ping: {
      every: 45 * SECOND,
      source:
        'meteor/meteor packages/ddp-server/stream_server.js: heartbeat_delay 45000; 25 s in sockjs/sockjs-node lib/server.js, in OctoPrint/OctoPrint src/octoprint/vendor/sockjs/tornado/router.py and in rstudio/shiny-server lib/proxy/sockjs.js',
    },
    fallback: { kind: 'stream', source: 'sockjs/sockjs-node README.md: xhr-streaming, eventsource, htmlfile' },
    affinity: 'sockjs/sockjs-node README.md: Sticky sessions',
  },
  {
    name: 'Action Cable',
    paths: ['/cable', '/-/cable'],
    anywhere: true,
    certain: true,
    source:
      'rails/rails actioncable/lib/action_cable.rb: default_mount_path "/cable"; gitlabhq/gitlabhq config/initializers/action_cable.rb: mount_path /-/cable',
    ping: {
      every: 3 * SECOND,
      source: 'rails/rails actioncable/lib/action_cable/server/connections.rb: BEAT_INTERVAL 3',
    },
    fallback: null,
    checksOrigin:
      'rails/rails actioncable/lib/action_cable/server/base.rb: allow_request_origin?, with allow_same_origin_as_host',
  },
  {
    name: 'Phoenix LiveView',
    paths: ['/live/websocket', '/live/longpoll'],
    certain: true,
    source:
      'phoenixframework/phoenix installer/templates/phx_web/endpoint.ex.eex: socket "/live"; lib/phoenix/socket/transport.ex: the transport is appended',
    ping: {
      every: 30 * SECOND,
      source: 'phoenixframework/phoenix assets/js/phoenix/socket.js: heartbeatIntervalMs || 30000',
    },
    fallback: {
      kind: 'polling',
      source: 'phoenixframework/phoenix installer/templates/phx_assets/app.js.eex: longPollFallbackMs 2500',
    },
  },
  {
    // longpoll is off by default here, and Origin is compared with the configured host, not with Host
    name: 'Phoenix',
    paths: ['/socket/websocket', '/phoenix/live_reload/socket/websocket'],
    certain: true,
    source:
      'phoenixframework/phoenix guides/real_time/channels.md: socket "/socket"; installer/templates/phx_web/endpoint.ex.eex: /phoenix/live_reload/socket',
    ping: {
      every: 30 * SECOND,
      source: 'phoenixframework/phoenix assets/js/phoenix/socket.js: heartbeatIntervalMs || 30000',
    },
    fallback: null,
  },
  {
    name: 'SignalR',
    paths: ['/signalr', '/signalr/connect', '/_blazor'],
    anywhere: true,
    certain: true,
    source:
      'https://learn.microsoft.com/aspnet/core/signalr/scale; ASP.NET Core documentation, Blazor SignalR guidance',
    ping: {
      every: 15 * SECOND,
      source:
        'dotnet/aspnetcore src/SignalR/server/Core/src/HubOptionsSetup.cs: DefaultKeepAliveInterval 15 s; 10 s in SignalR/SignalR src/Microsoft.AspNet.SignalR.Core/Configuration/DefaultConfigurationManager.cs',
    },
    fallback: {
      kind: 'stream',
      source: 'dotnet/AspNetCore.Docs aspnetcore/signalr/introduction.md: Transports',
    },
    affinity: 'https://learn.microsoft.com/aspnet/core/signalr/scale: Sticky Sessions',
  },
  {
    name: 'Vaultwarden',
    paths: ['/notifications/hub', '/notifications/anonymous-hub'],
    certain: true,
    source: 'dani-garcia/vaultwarden src/api/notifications.rs: websockets_hub, anonymous_websockets_hub',
    ping: {
      every: 15 * SECOND,
      source: 'dani-garcia/vaultwarden src/api/notifications.rs: interval(Duration::from_secs(15))',
    },
    fallback: null,
  },
  {
    name: 'Home Assistant',
    paths: ['/api/websocket'],
    certain: true,
    source: 'home-assistant/core homeassistant/components/websocket_api/const.py: URL',
    ping: {
      every: 55 * SECOND,
      source: 'home-assistant/core homeassistant/components/websocket_api/http.py: heartbeat=55',
    },
    fallback: null,
  },
  {
    // the tail of Loki is pinged every second (grafana/loki pkg/querier/http.go, wsPingPeriod)
    name: 'Grafana',
    paths: ['/api/live', '/api/live/ws', '/api/datasources/proxy/*/loki/api/v1/tail'],
    certain: true,
    source:
      'grafana/tutorials content/tutorials/run-grafana-behind-a-proxy.md: /api/live/; grafana/grafana pkg/services/live/live.go: /api/live/ws; grafana/grafana#63020: the tail',
    ping: {
      every: 25 * SECOND,
      source:
        'centrifugal/centrifuge config.go: defaultPingInterval 25 s, which grafana/grafana pkg/services/live/live.go leaves alone',
    },
    fallback: null,
    checksOrigin: 'grafana/grafana pkg/services/live/live.go: getCheckOriginFunc',
  },
  {
    name: 'Mattermost',
    paths: ['/api/v4/websocket'],
    certain: true,
    source:
      'mattermost/mattermost server/channels/api4/websocket.go: InitWebSocket; mattermost/docs source/deployment-guide/server/setup-nginx-proxy.rst',
    ping: {
      every: 60 * SECOND,
      source:
        'mattermost/mattermost server/channels/app/platform/web_conn.go: pingInterval, six tenths of pongWaitTime 100 s',
    },
    fallback: null,
    checksOrigin:
      'mattermost/mattermost server/channels/app/server.go: OriginChecker is nil, gorilla compares with Host',
  },
  {
    name: 'Mastodon',
    paths: ['/api/v1/streaming'],
    certain: true,
    source:
      'mastodon/mastodon dist/nginx.conf; superseriousbusiness/gotosocial internal/api/client/streaming/streaming.go',
    ping: {
      every: 30 * SECOND,
      source:
        'mastodon/mastodon streaming/index.js: ws.ping in setInterval 30000; superseriousbusiness/gotosocial internal/api/client.go: streaming.New, 30 s',
    },
    fallback: { kind: 'stream', source: 'mastodon/mastodon streaming/index.js: streamToHttp, text/event-stream' },
  },
  {
    name: 'Streamlit',
    paths: ['/_stcore/stream'],
    anywhere: true,
    certain: true,
    source: 'streamlit/streamlit lib/streamlit/web/server/server.py: STREAM_ENDPOINT',
    ping: {
      every: 30 * SECOND,
      source:
        'streamlit/streamlit lib/streamlit/web/server/starlette/starlette_server_config.py: DEFAULT_WEBSOCKET_PING_INTERVAL 30; 1 s before, in lib/streamlit/web/server/server.py',
    },
    fallback: null,
    checksOrigin:
      'streamlit/streamlit lib/streamlit/web/server/browser_websocket_handler.py: check_origin, as Tornado has it',
  },
  {
    name: 'Jupyter',
    paths: ['/api/kernels/*/channels', '/terminals/websocket'],
    anywhere: true,
    certain: true,
    source:
      'jupyter-server/jupyter_server jupyter_server/services/kernels/handlers.py: /api/kernels/…/channels; jupyter_server/auth/utils.py: /terminals/websocket',
    ping: {
      every: 30 * SECOND,
      source: 'jupyter-server/jupyter_server jupyter_server/base/websocket.py: WS_PING_INTERVAL 30000',
    },
    fallback: null,
    checksOrigin: 'jupyter-server/jupyter_server jupyter_server/base/websocket.py: check_origin',
  },
  {
    name: 'Jitsi Meet',
    paths: ['/xmpp-websocket'],
    anywhere: true,
    certain: true,
    source: 'jitsi/docker-jitsi-meet web/rootfs/defaults/meet.conf: /xmpp-websocket',
    // a ping is skipped when something came since the check before: two of 10 s
    ping: {
      every: 20 * SECOND,
      source: 'jitsi/lib-jitsi-meet modules/xmpp/strophe.ping.ts: PING_DEFAULT_INTERVAL 10000, startInterval',
    },
    fallback: null,
  },
  {
    // its pings are sent only while it sends something else (ColibriWebSocket.java, maybeSendPing)
    name: 'Jitsi Videobridge',
    paths: ['/colibri-ws'],
    anywhere: true,
    certain: true,
    source:
      'jitsi/jitsi-videobridge jvb/src/main/kotlin/org/jitsi/videobridge/websocket/ColibriWebSocketService.kt: COLIBRI_WS_ENDPOINT',
    ping: null,
    fallback: null,
  },
  {
    name: 'Jitsi rtcstats',
    paths: ['/rtcstats-ws'],
    anywhere: true,
    certain: true,
    source: 'jitsi/docker-jitsi-meet web/rootfs/defaults/meet.conf: /rtcstats-ws/',
    ping: null,
    fallback: null,
  },
  {
    name: 'Centrifugo',
    paths: ['/connection/websocket', '/connection/uni_websocket'],
    anywhere: true,
    certain: true,
    source: 'centrifugal/centrifugo internal/configtypes/types.go: handler_prefix of WebSocket and UniWebSocket',
    ping: {
      every: 25 * SECOND,
      source: 'centrifugal/centrifugo internal/configtypes/types.go: ping_interval 25s',
    },
    fallback: null,
  },
  {
    name: 'AzuraCast',
    paths: ['/api/live/nowplaying/*'],
    certain: true,
    source: 'AzuraCast/AzuraCast util/docker/web/nginx/azuracast.conf.tmpl: /api/live/nowplaying/, to Centrifugo',
    ping: {
      every: 25 * SECOND,
      source:
        'centrifugal/centrifugo internal/configtypes/types.go: ping_interval 25s, which AzuraCast/AzuraCast util/docker/web/centrifugo/config.toml.tmpl leaves alone',
    },
    fallback: null,
  },
  {
    name: 'Supabase Realtime',
    paths: ['/realtime/v1/websocket'],
    certain: true,
    source:
      'supabase/supabase-js packages/core/supabase-js/src/SupabaseClient.ts: realtime/v1; supabase/realtime-js src/RealtimeClient.ts: TRANSPORTS.websocket is appended',
    ping: {
      every: 25 * SECOND,
      source: 'supabase/supabase-js packages/core/realtime-js/src/RealtimeClient.ts: HEARTBEAT_INTERVAL 25000',
    },
    fallback: null,
  },
  {
    name: 'noVNC',
    paths: ['/websockify'],
    anywhere: true,
    certain: true,
    source: 'novnc/noVNC app/ui.js: the setting path is "websockify"',
    ping: null,
    fallback: null,
  },
  {
    name: 'Proxmox VE',
    paths: [
      '/api2/json/nodes/*/qemu/*/vncwebsocket',
      '/api2/json/nodes/*/lxc/*/vncwebsocket',
      '/api2/json/nodes/*/vncwebsocket',
    ],
    certain: true,
    source:
      'proxmox/qemu-server src/PVE/API2/Qemu.pm, proxmox/pve-container src/PVE/API2/LXC.pm, proxmox/pve-manager PVE/API2/Nodes.pm: vncwebsocket',
    ping: null,
    fallback: null,
  },
  {
    name: 'Next.js',
    paths: ['/_next/webpack-hmr', '/_next/hmr'],
    anywhere: true,
    certain: true,
    source:
      'vercel/next.js packages/next/src/server/lib/router-server.ts: /_next/webpack-hmr, from 16.3 on /_next/hmr (as told in payloadcms/payload 291ac66)',
    ping: null,
    fallback: null,
  },
  {
    name: 'n8n',
    paths: ['/rest/push'],
    certain: true,
    source: 'n8n-io/n8n packages/cli/src/push/index.ts: /${restEndpoint}/push; push.config.ts: websocket by default',
    ping: {
      every: 60 * SECOND,
      source: 'n8n-io/n8n packages/cli/src/push/abstract.push.ts: pingAll every 60 seconds',
    },
    fallback: null,
    checksOrigin: 'n8n-io/n8n packages/cli/src/push/origin-validator.ts: X-Forwarded-Host, else Host',
  },
  {
    name: 'Cockpit',
    paths: ['/cockpit/socket'],
    certain: true,
    source: 'cockpit-project/cockpit doc/urls.md: The main web socket',
    ping: {
      every: 5 * SECOND,
      source: 'cockpit-project/cockpit src/ws/cockpitwebservice.c: cockpit_ws_ping_interval 5',
    },
    fallback: null,
    checksOrigin:
      'cockpit-project/cockpit src/ws/cockpitwebservice.c: cockpit_web_service_create_socket, Origins by default the Host',
  },
  {
    // 50 s where Portainer talks to Docker itself (hijack.go, pingPeriod), not known where an agent does
    name: 'Portainer',
    // Home Assistant's /api/websocket has nothing below it
    paths: [
      '/api/websocket/',
      '/api/websocket/exec',
      '/api/websocket/attach',
      '/api/websocket/pod',
      '/api/websocket/kubernetes-shell',
    ],
    anywhere: true,
    certain: true,
    source: 'portainer/portainer api/http/handler/websocket/handler.go, below /api (api/http/handler/handler.go)',
    ping: null,
    fallback: null,
    checksOrigin:
      'portainer/portainer api/http/handler/websocket/handler.go: websocket.Upgrader{}, gorilla compares with Host',
  },
  {
    name: 'Nextcloud Talk',
    paths: ['/standalone-signaling/spreed'],
    certain: true,
    source: 'strukturag/nextcloud-spreed-signaling README.md: nginx',
    ping: {
      every: 54 * SECOND,
      source: 'strukturag/nextcloud-spreed-signaling client/client.go: pingPeriod, nine tenths of pongWait 60 s',
    },
    fallback: null,
  },
  {
    name: 'Collabora Online',
    paths: ['/cool/ws', '/cool/*/ws', '/cool/adminws', '/lool/*/ws', '/lool/adminws'],
    certain: true,
    source:
      'CollaboraOnline/online etc/nginx/coolwsd.conf; CollaboraOnline/online browser/js/global.js: makeWopiCoolWsUrl, /cool/ws?WOPISrc=; linuxserver/reverse-proxy-confs#3: lool',
    ping: {
      every: 18 * SECOND,
      source: 'CollaboraOnline/online net/WebSocketHandler.hpp: PingFrequencyMicroS 18 s, checkTimeout',
    },
    fallback: null,
  },
  {
    name: 'Guacamole',
    paths: ['/guacamole/websocket-tunnel', '/websocket-tunnel'],
    certain: true,
    source:
      'apache/guacamole-manual src/reverse-proxy.md: /guacamole/websocket-tunnel; apache/guacamole-client guacamole/src/main/frontend/src/app/client/types/ManagedClient.js: websocket-tunnel',
    ping: {
      every: 5 * SECOND,
      source: 'apache/guacamole-server src/libguac/guacamole/socket-constants.h: GUAC_SOCKET_KEEP_ALIVE_INTERVAL 5000',
    },
    fallback: {
      kind: 'stream',
      source:
        'apache/guacamole-client guacamole/src/main/frontend/src/app/client/types/ManagedClient.js: ChainedTunnel with an HTTPTunnel; apache/guacamole-manual src/reverse-proxy.md: proxy_buffering off',
    },
    affinity:
      'apache/guacamole-client guacamole-common/src/main/java/org/apache/guacamole/servlet/GuacamoleHTTPTunnelServlet.java: tunnels are in the memory of one server',
  },
  {
    name: 'Emby',
    paths: ['/embywebsocket'],
    anywhere: true,
    certain: true,
    source: 'linuxserver/reverse-proxy-confs emby.subfolder.conf.sample: /embywebsocket',
    ping: null,
    fallback: null,
  },
  {
    name: 'Plex',
    paths: ['/:/websockets/notifications'],
    certain: true,
    source: 'pkkid/python-plexapi plexapi/alert.py: key',
    ping: null,
    fallback: null,
  },
  {
    name: 'Frigate',
    paths: ['/live/mse/api/ws', '/live/webrtc/api/ws', '/live/jsmpeg'],
    certain: true,
    source: 'blakeblackshear/frigate docker/main/rootfs/usr/local/nginx/conf/nginx.conf: /live/',
    ping: null,
    fallback: null,
  },
  {
    name: 'authentik',
    paths: ['/ws/outpost'],
    certain: true,
    source: 'goauthentik/authentik authentik/outposts/urls.py: ws/outpost/',
    ping: null,
    fallback: null,
  },
  {
    name: 'OpenReplay',
    paths: ['/ws-assist'],
    certain: true,
    source: 'openreplay/openreplay scripts/docker-compose/nginx.conf: /ws-assist/',
    ping: {
      every: 25 * SECOND,
      source:
        'openreplay/openreplay ee/assist/server.js: PING_INTERVAL || 25000; assist/utils/wsServer.js leaves it to Socket.IO',
    },
    // tracker/tracker-assist/src/Assist.ts: transports are websocket alone
    fallback: null,
  },
  {
    name: 'Headscale',
    paths: ['/ts2021'],
    certain: true,
    source: 'juanfont/headscale hscontrol/noise.go: ts2021UpgradePath',
    ping: {
      every: 59 * SECOND,
      source: 'juanfont/headscale hscontrol/poll.go: keepAliveInterval 50 s, and up to 9 s more',
    },
    fallback: null,
    protocol: {
      token: 'tailscale-control-protocol',
      source: 'juanfont/headscale docs/ref/integration/reverse-proxy.md: the value of Upgrade',
    },
  },
  // Words that others use as well.
  {
    name: 'Gotify',
    paths: ['/stream'],
    certain: false,
    source: 'gotify/server router/router.go: /stream',
    ping: { every: 45 * SECOND, source: 'gotify/server config/config.go: PingPeriodSeconds 45' },
    fallback: null,
    checksOrigin: 'gotify/server api/stream/stream.go: isAllowedOrigin; gotify/website docs/nginx.md',
  },
  {
    // the server asks for a keep-alive after 45 s, when the client sends it is the client's affair
    name: 'Jellyfin',
    paths: ['/socket'],
    certain: false,
    source: 'linuxserver/reverse-proxy-confs jellyfin.subdomain.conf.sample: /socket',
    ping: null,
    fallback: null,
  },
  {
    name: 'Node-RED',
    paths: ['/comms'],
    certain: false,
    source: 'node-red/node-red packages/node_modules/@node-red/editor-api/lib/editor/comms.js: commsPath',
    ping: {
      every: 15 * SECOND,
      source:
        'node-red/node-red packages/node_modules/@node-red/editor-api/lib/editor/comms.js: webSocketKeepAliveTime || 15000',
    },
    fallback: null,
  },
  {
    name: 'Misskey',
    paths: ['/streaming'],
    certain: false,
    source: 'misskey-dev/misskey packages/misskey-js/src/streaming.ts: /streaming',
    ping: {
      every: 60 * SECOND,
      source:
        'misskey-dev/misskey packages/backend/src/server/api/StreamingApiServerService.ts: connection.ping() every 1000 * 60',
    },
    fallback: null,
  },
  {
    name: 'Nextcloud notify_push',
    paths: ['/push'],
    certain: false,
    source: 'nextcloud/notify_push README.md: /push/',
    ping: { every: 30 * SECOND, source: 'nextcloud/notify_push src/connection.rs: PING_INTERVAL 30 s' },
    fallback: null,
  },
  {
    name: 'Odoo',
    paths: ['/websocket'],
    certain: false,
    source: 'odoo/odoo addons/bus/controllers/websocket.py: /websocket',
    ping: {
      every: 45 * SECOND,
      source: 'odoo/odoo addons/bus/websocket.py: INACTIVITY_TIMEOUT, CONNECTION_TIMEOUT 60 less 15',
    },
    fallback: null,
  },
  {
    name: 'Pusher protocol (Reverb, soketi)',
    paths: ['/app'],
    certain: false,
    source: 'laravel/reverb src/Servers/Reverb/Factory.php: /app/{appKey}; soketi/soketi src/server.ts: /app/:id',
    // the client pings; Reverb alone would be silent for up to two minutes
    ping: {
      every: 30 * SECOND,
      source:
        'pusher/pusher-js src/core/connection/connection_manager.ts: activityTimeout, the least of both sides; laravel/reverb config/reverb.php: activity_timeout 30; soketi/soketi src/ws-handler.ts: activity_timeout 30',
    },
    fallback: null,
  },
  {
    // 12 s with ws, fastify and uWebSockets (keepAlive), none of its own with others
    name: 'graphql-ws',
    paths: ['/graphql'],
    certain: false,
    source: 'enisdenjo/graphql-ws website/src/pages/get-started.mdx: /graphql',
    ping: null,
    fallback: null,
  },
  {
    name: 'MinIO Console',
    paths: ['/ws'],
    certain: false,
    source: 'minio/console api/ws_handle.go: wsBasePath',
    ping: null,
    fallback: null,
    checksOrigin: 'minio/console api/ws_handle.go: upgrader, gorilla compares with Host unless on a subpath',
  },
  {
    name: 'ttyd',
    paths: ['/ws'],
    certain: false,
    source: 'tsl0922/ttyd src/server.c: endpoints',
    ping: { every: 5 * SECOND, source: 'tsl0922/ttyd src/server.c: --ping-interval (default: 5)' },
    fallback: null,
  },
];
