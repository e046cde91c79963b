import { parseVersion, type NginxVersion } from './version';

/**
 * Variables that nginx's own modules define, http and stream: `!` may be set again (set, map...), `*` a prefix,
 * `@1.29.3` since that version. Taken from the ngx_http_variable_t tables of nginx 1.18.0 to 1.31.4.
 */
const HTTP = `
ancient_browser! arg_* args! binary_remote_addr body_bytes_sent bytes_sent connection connection_requests
connection_time@1.19.10 connections_active connections_reading connections_waiting connections_writing
content_length content_type cookie_* date_gmt date_local document_root document_uri fastcgi_path_info
fastcgi_script_name geoip_area_code geoip_city geoip_city_continent_code geoip_city_country_code
geoip_city_country_code3 geoip_city_country_name geoip_country_code geoip_country_code3 geoip_country_name
geoip_dma_code geoip_latitude geoip_longitude geoip_org geoip_postal_code geoip_region geoip_region_name
grpc_internal_trailers gzip_ratio host hostname http2 http3@1.25.0 http_* http_cookie http_host http_referer
http_user_agent http_via http_x_forwarded_for https invalid_referer is_args is_request_port@1.29.3 limit_conn_status
limit_rate! limit_req_status modern_browser! msec msie! nginx_version pid pipe proxy_add_via
proxy_add_x_forwarded_for proxy_host! proxy_internal_body_length proxy_internal_chunked
proxy_internal_connection@1.29.4 proxy_internal_host!@1.29.4 proxy_port! proxy_protocol_addr proxy_protocol_port
proxy_protocol_server_addr proxy_protocol_server_port proxy_protocol_tlv_*@1.23.2 query_string realip_remote_addr
realip_remote_port realpath_root remote_addr remote_port remote_user request request_body request_body_file
request_completion request_filename request_id request_length request_method request_port@1.29.3 request_time
request_uri scheme secure_link secure_link_expires sent_http_* sent_http_cache_control sent_http_connection
sent_http_content_length sent_http_content_type sent_http_keep_alive sent_http_last_modified sent_http_link
sent_http_location sent_http_transfer_encoding sent_trailer_* server_addr server_name server_port server_protocol
slice_range ssl_alpn_protocol!@1.21.4 ssl_cipher! ssl_ciphers! ssl_client_cert! ssl_client_escaped_cert!
ssl_client_fingerprint! ssl_client_i_dn! ssl_client_i_dn_legacy! ssl_client_raw_cert! ssl_client_s_dn!
ssl_client_s_dn_legacy! ssl_client_serial! ssl_client_sigalg!@1.29.3 ssl_client_v_end! ssl_client_v_remain!
ssl_client_v_start! ssl_client_verify! ssl_curve!@1.21.5 ssl_curves! ssl_early_data!
ssl_ech_outer_server_name!@1.29.4 ssl_ech_status!@1.29.4 ssl_protocol! ssl_server_name! ssl_session_id!
ssl_session_reused! ssl_sigalg!@1.29.3 ssl_sigalgs!@1.31.2 status tcpinfo_rcv_space tcpinfo_rtt tcpinfo_rttvar
tcpinfo_snd_cwnd time_iso8601 time_local uid_got uid_reset uid_set upstream_addr upstream_bytes_received
upstream_bytes_sent upstream_cache_etag upstream_cache_last_modified upstream_cache_status upstream_connect_time
upstream_cookie_* upstream_header_time upstream_http_* upstream_response_length upstream_response_time
upstream_status upstream_trailer_* uri
`;

const STREAM = `
binary_remote_addr bytes_received bytes_sent connection geoip_area_code geoip_city geoip_city_continent_code
geoip_city_country_code geoip_city_country_code3 geoip_city_country_name geoip_country_code geoip_country_code3
geoip_country_name geoip_dma_code geoip_latitude geoip_longitude geoip_org geoip_postal_code geoip_region
geoip_region_name hostname limit_conn_status msec nginx_version pid protocol proxy_protocol_addr proxy_protocol_port
proxy_protocol_server_addr proxy_protocol_server_port proxy_protocol_tlv_*@1.23.2 realip_remote_addr
realip_remote_port remote_addr remote_port server_addr server_name@1.25.5 server_port session_time
ssl_alpn_protocol!@1.21.4 ssl_cipher! ssl_ciphers! ssl_client_cert! ssl_client_escaped_cert! ssl_client_fingerprint!
ssl_client_i_dn! ssl_client_raw_cert! ssl_client_s_dn! ssl_client_serial! ssl_client_sigalg!@1.29.3
ssl_client_v_end! ssl_client_v_remain! ssl_client_v_start! ssl_client_verify! ssl_curve!@1.21.5 ssl_curves!
ssl_ech_outer_server_name!@1.29.4 ssl_ech_status!@1.29.4 ssl_preread_alpn_protocols ssl_preread_protocol
ssl_preread_server_name ssl_protocol! ssl_server_name! ssl_session_id! ssl_session_reused! ssl_sigalg!@1.29.3
ssl_sigalgs!@1.31.2 status time_iso8601 time_local upstream_addr upstream_bytes_received upstream_bytes_sent
upstream_connect_time upstream_first_byte_time upstream_session_time
`;

/** Variables of widely used third-party modules, NGINX Plus and OpenResty distributions. Those may be built in unseen. */
const OF_MODULES = `
ascii_* base64_decode_* escape_uri_* md5_encode_* sha256_* brotli_ratio zstd_ratio connect_addr connect_host
connect_port day dollar full_request hour hour12 minute month second year weekday raw_uri normalized_request
request_recv_time request_start_time response_send_time sent_cookie_* ssl_handshake_time ssl_handshake_time_msec
proxy_connect_* echo_* srcache_expire srcache_fetch_status srcache_store_status otel_* opentelemetry_* opentracing_*
datadog_* vts_* sts_* nchan_* push_stream_* modsecurity_* modsec_* passenger_* pagespeed_* geoip2_* naxsi_* rtmp_*
auth_jwt_* jwt_* auth_ldap_* auth_gss_* auth_pam_* session_log_* session_time upstream_last_server_name
upstream_queue_time upstream_sticky_status upstream_last_addr upstream_probe* proxy_protocol_tlv_* mqtt_*
app_protect_* oidc_* acme_* angie_* b64_* cookie_jar fancyindex_* cache_purge_* ssl_ja3* ssl_ja4* http_ssl_ja3*
http2_fingerprint ja3* ja4* tls_ja* limit_traffic_* msec_start testcookie_* upload_* uploadprogress_* memc_*
redis2_* redis_* rds_* ctx_* ndk_* ngx_* lua_* quic quic_* http3_* ssl_client_fingerprint_* spdy
spdy_request_priority http2_stream_id request_uri_path x_forwarded_* secure_token_* akamai_* vod_* track_* gzip_*
tcpinfo_* wasm_* kong_* apisix_* namespace ingress_name service_name service_port location_path req_id
proxy_upstream_name proxy_alternative_upstream_name pass_access_scheme pass_server_port best_http_host pass_port
the_real_ip upstream_balancer
`;

export interface BuiltinVariable {
  /** Lower case; of a prefix, the prefix with its underscore. */
  readonly name: string;
  readonly since: NginxVersion;
  /** A configuration may define it anew; for the others nginx says `the duplicate "host" variable`. */
  readonly changeable: boolean;
}

export type VariableFamily = 'http' | 'stream';

const TABLES = { http: HTTP, stream: STREAM, modules: OF_MODULES };

type TableName = keyof typeof TABLES;

/** The built-in variable of this name (lower case, without `$`), or the prefix it falls under; null for none. */
export function builtinVariable(name: string, family: VariableFamily): BuiltinVariable | null {
  return named(family, name) ?? prefixOf(family, name);
}

/** The built-in of exactly this name; prefixes (`$http_*`) do not keep a configuration from defining `$http_x` itself. */
export function namedBuiltin(name: string, family: VariableFamily): BuiltinVariable | null {
  return named(family, name);
}

/** Whether a module that may be built in brings it: then nobody can tell that it is undefined. */
export function isModuleVariable(name: string): boolean {
  return named('modules', name) !== null || prefixOf('modules', name) !== null;
}

const known = new Map<string, BuiltinVariable | null>();

/** The tables are searched, not taken apart: most configurations ask for a handful of names. */
function named(table: TableName, name: string): BuiltinVariable | null {
  const key = `${table} ${name}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = /^\w+$/.test(name) ? search(TABLES[table], name) : null));
  return found;
}

function search(table: string, name: string): BuiltinVariable | null {
  const match = new RegExp(`\\s${name}(!?)(?:@([\\d.]+))?\\s`).exec(table);
  return match === null ? null : variable(name, match[1], match[2]);
}

function variable(name: string, mark: string | undefined, since: string | undefined): BuiltinVariable {
  return { name, since: parseVersion(since ?? '') ?? 0, changeable: mark === '!' };
}

const prefixes = new Map<TableName, readonly BuiltinVariable[]>();

function prefixOf(table: TableName, name: string): BuiltinVariable | null {
  let all = prefixes.get(table);
  if (all === undefined) {
    const words = [...TABLES[table].matchAll(/(\w+)\*(!?)(?:@([\d.]+))?/g)];
    prefixes.set(table, (all = words.map(([, prefix = '', mark, since]) => variable(prefix, mark, since))));
  }
  return all.find((prefix) => name.startsWith(prefix.name)) ?? null;
}
