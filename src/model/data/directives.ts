/**
 * Every directive of open-source nginx 1.18.0 to 1.31.4 with the modules that its sources hold, a record a line:
 *
 *     name contexts arguments value|[once] merge [since..until]
 *
 * `@module` heads a module's records; `optional` marks those that are only there when built in. Contexts are letters:
 * m main, e events, h http, s server, l location, S if in server, L if in location, X limit_except, u upstream,
 * t stream, v stream server, w stream upstream, M mail, N mail server, * everywhere. Arguments: the counts allowed,
 * `1+` at least one, `f` one (on or off), `{` a block. Value: what nginx's generic setters check, with the words of an
 * enum or mask (`2@1.29.4`: since that version) or the bounds of a number; setters of their own give `once` (a second
 * one on a level "is duplicate") and how inner levels inherit: scalar, list, none. Versions are inclusive.
 *
 * Taken from the ngx_command_t tables of the releases, as facts; held against `nginx -t` in test/live/directives.test.ts.
 */
export const DIRECTIVES = `
@ngx_conf_file
include * 1 none
@ngx_devpoll_module optional
devpoll_changes e 1 number
devpoll_events e 1 number
@ngx_epoll_module optional
epoll_events e 1 number
worker_aio_requests e 1 number
@ngx_event
events m {0 once none
worker_connections e 1 once scalar
use e 1 once scalar
multi_accept e f flag
accept_mutex e f flag
accept_mutex_delay e 1 msec
debug_connection e 1 none
@ngx_event_openssl
ssl_engine m 1 once scalar
@ngx_event_openssl_cache
ssl_object_cache_inheritable m f flag 1.27.4..
@ngx_event_quic_bpf optional
quic_bpf m f flag 1.25.0..
@ngx_eventport_module optional
eventport_events e 1 number
@ngx_google_perftools_module optional
google_perftools_profiles m 1 string
@ngx_http
http m {0 once none
@ngx_http_access_module
allow hslX 1 list
deny hslX 1 list
@ngx_http_addition_filter_module optional
add_before_body hsl 1 string
add_after_body hsl 1 string
addition_types hsl 1+ types
@ngx_http_auth_basic_module
auth_basic hslX 1 complex
auth_basic_user_file hslX 1 once scalar
@ngx_http_auth_request_module optional
auth_request hsl 1 once scalar
auth_request_set hsl 2 list
@ngx_http_autoindex_module
autoindex hsl f flag
autoindex_format hsl 1 enum:html,json,jsonp,xml
autoindex_localtime hsl f flag
autoindex_exact_size hsl f flag
@ngx_http_browser_module
modern_browser hsl 12 list
ancient_browser hsl 1+ list
modern_browser_value hsl 1 list
ancient_browser_value hsl 1 list
@ngx_http_charset_filter_module
charset hslL 1 once scalar
source_charset hslL 1 once scalar
override_charset hslL f flag
charset_types hsl 1+ types
charset_map h {2 none
@ngx_http_copy_filter_module
output_buffers hsl 2 buffers
@ngx_http_core_module
variables_hash_max_size h 1 number
variables_hash_bucket_size h 1 number
server_names_hash_max_size h 1 number
server_names_hash_bucket_size h 1 number
server h {0 none
connection_pool_size hs 1 size
request_pool_size hs 1 size
client_header_timeout hs 1 msec
client_header_buffer_size hs 1 size
large_client_header_buffers hs 2 buffers
ignore_invalid_headers hs f flag
merge_slashes hs f flag
underscores_in_headers hs f flag
location sl {12 none
listen s 1+ none
server_name s 1+ none
types_hash_max_size hsl 1 number
types_hash_bucket_size hsl 1 number
types hsl {0 list
default_type hsl 1 string
root hslL 1 once scalar
alias l 1 once scalar
limit_except l {1+ once none
client_max_body_size hsl 1 offset
client_body_buffer_size hsl 1 size
client_body_timeout hsl 1 msec
client_body_temp_path hsl 1234 path
client_body_in_file_only hsl 1 enum:off,on,clean
client_body_in_single_buffer hsl f flag
sendfile hslL f flag
sendfile_max_chunk hsl 1 size
subrequest_output_buffer_size hsl 1 size
aio hsl 1 once scalar
aio_write hsl f flag
read_ahead hsl 1 size
directio hsl 1 once scalar
directio_alignment hsl 1 offset
tcp_nopush hsl f flag
tcp_nodelay hsl f flag
send_timeout hsl 1 msec
send_lowat hsl 1 size
postpone_output hsl 1 size
limit_rate hslL 1 size$
limit_rate_after hslL 1 size$
keepalive_timeout hsl 12 once scalar
keepalive_requests hsl 1 number
keepalive_disable hsl 12 mask:none,msie6,safari
satisfy hsl 1 enum:all,any
auth_delay hsl 1 msec
internal l 0 once scalar
lingering_close hsl 1 enum:off,on,always
lingering_time hsl 1 msec
lingering_timeout hsl 1 msec
reset_timedout_connection hsl f flag
absolute_redirect hsl f flag
server_name_in_redirect hsl f flag
port_in_redirect hsl f flag
msie_padding hsl f flag
msie_refresh hsl f flag
log_not_found hsl f flag
log_subrequest hsl f flag
recursive_error_pages hsl f flag
server_tokens hsl 1 enum:off,on,build
if_modified_since hsl 1 enum:off,exact,before
max_ranges hsl 1 number
chunked_transfer_encoding hsl f flag
etag hsl f flag
error_page hslL 2+ list
post_action hslL 1 string
error_log hsl 1+ list
open_file_cache hsl 12 once scalar
open_file_cache_valid hsl 1 sec
open_file_cache_min_uses hsl 1 number
open_file_cache_errors hsl f flag
open_file_cache_events hsl f flag
resolver hsl 1+ once scalar
resolver_timeout hsl 1 msec
gzip_vary hsl f flag
gzip_http_version hsl 1 enum:1.0,1.1
gzip_proxied hsl 1+ mask:off,expired,no-cache,no-store,private,no_last_modified,no_etag,auth,any
gzip_disable hsl 1+ list
disable_symlinks hsl 12 once scalar
keepalive_time hsl 1 msec 1.19.10..
keepalive_min_timeout hsl 1 msec 1.27.4..
early_hints hsl 1+ predicates 1.29.0..
max_headers hs 1 number 1.29.8..
@ngx_http_dav_module optional
dav_methods hsl 1+ mask:off,put,delete,mkcol,copy,move
create_full_put_path hsl f flag
min_delete_depth hsl 1 number
dav_access hsl 123 access
@ngx_http_degradation_module optional
degradation h 1 scalar
degrade hsl 1 enum:204,444
@ngx_http_empty_gif_module
empty_gif l 0 none
@ngx_http_fastcgi_module
fastcgi_pass lL 1 once none
fastcgi_index hsl 1 string
fastcgi_split_path_info hsl 1 scalar
fastcgi_store hsl 1 once scalar
fastcgi_store_access hsl 123 access
fastcgi_buffering hsl f flag
fastcgi_request_buffering hsl f flag
fastcgi_ignore_client_abort hsl f flag
fastcgi_bind hsl 12 once scalar
fastcgi_socket_keepalive hsl f flag
fastcgi_connect_timeout hsl 1 msec
fastcgi_send_timeout hsl 1 msec
fastcgi_send_lowat hsl 1 size
fastcgi_buffer_size hsl 1 size
fastcgi_pass_request_headers hsl f flag
fastcgi_pass_request_body hsl f flag
fastcgi_intercept_errors hsl f flag
fastcgi_read_timeout hsl 1 msec
fastcgi_buffers hsl 2 buffers
fastcgi_busy_buffers_size hsl 1 size
fastcgi_force_ranges hsl f flag
fastcgi_limit_rate hsl 1 size ..1.26.3
fastcgi_limit_rate hsl 1 size$ 1.27.0..
fastcgi_cache hsl 1 once scalar
fastcgi_cache_key hsl 1 once scalar
fastcgi_cache_path h 2+ none
fastcgi_cache_bypass hsl 1+ predicates
fastcgi_no_cache hsl 1+ predicates
fastcgi_cache_valid hsl 1+ valid
fastcgi_cache_min_uses hsl 1 number
fastcgi_cache_max_range_offset hsl 1 offset
fastcgi_cache_use_stale hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
fastcgi_cache_methods hsl 1+ mask:GET,HEAD,POST
fastcgi_cache_lock hsl f flag
fastcgi_cache_lock_timeout hsl 1 msec
fastcgi_cache_lock_age hsl 1 msec
fastcgi_cache_revalidate hsl f flag
fastcgi_cache_background_update hsl f flag
fastcgi_temp_path hsl 1234 path
fastcgi_max_temp_file_size hsl 1 size
fastcgi_temp_file_write_size hsl 1 size
fastcgi_next_upstream hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
fastcgi_next_upstream_tries hsl 1 number
fastcgi_next_upstream_timeout hsl 1 msec
fastcgi_param hsl 23 params
fastcgi_pass_header hsl 1 strings
fastcgi_hide_header hsl 1 strings
fastcgi_ignore_headers hsl 1+ mask:X-Accel-Redirect,X-Accel-Expires,X-Accel-Limit-Rate,X-Accel-Buffering,X-Accel-Charset,Expires,Cache-Control,Set-Cookie,Vary
fastcgi_catch_stderr hsl 1 strings
fastcgi_keep_conn hsl f flag
fastcgi_socket_rcvbuf hsl 1 size 1.31.3..
fastcgi_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_flv_module optional
flv l 0 none
@ngx_http_geo_module
geo h {12 none
@ngx_http_geoip_module optional
geoip_country h 12 once scalar
geoip_org h 12 once scalar
geoip_city h 12 once scalar
geoip_proxy h 1 none
geoip_proxy_recursive h f flag
@ngx_http_grpc_module
grpc_pass lL 1 once none
grpc_bind hsl 12 once scalar
grpc_socket_keepalive hsl f flag
grpc_connect_timeout hsl 1 msec
grpc_send_timeout hsl 1 msec
grpc_intercept_errors hsl f flag
grpc_buffer_size hsl 1 size
grpc_read_timeout hsl 1 msec
grpc_next_upstream hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_502,http_503,http_504,http_403,http_404,http_429,off
grpc_next_upstream_tries hsl 1 number
grpc_next_upstream_timeout hsl 1 msec
grpc_set_header hsl 2 pairs
grpc_pass_header hsl 1 strings
grpc_hide_header hsl 1 strings
grpc_ignore_headers hsl 1+ mask:X-Accel-Redirect,X-Accel-Expires,X-Accel-Limit-Rate,X-Accel-Buffering,X-Accel-Charset,Expires,Cache-Control,Set-Cookie,Vary
grpc_ssl_session_reuse hsl f flag
grpc_ssl_protocols hsl 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
grpc_ssl_ciphers hsl 1 string
grpc_ssl_name hsl 1 complex
grpc_ssl_server_name hsl f flag
grpc_ssl_verify hsl f flag
grpc_ssl_verify_depth hsl 1 number
grpc_ssl_trusted_certificate hsl 1 string
grpc_ssl_crl hsl 1 string
grpc_ssl_certificate hsl 1 string ..1.20.2
grpc_ssl_certificate hsl 1 complex 1.21.0..
grpc_ssl_certificate_key hsl 1 string ..1.20.2
grpc_ssl_certificate_key hsl 1 complex 1.21.0..
grpc_ssl_password_file hsl 1 once scalar
grpc_ssl_conf_command hsl 2 pairs 1.19.4..
grpc_ssl_certificate_cache hsl 123 once scalar 1.27.4..
grpc_socket_rcvbuf hsl 1 size 1.31.3..
grpc_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_gunzip_filter_module optional
gunzip hsl f flag
gunzip_buffers hsl 2 buffers
@ngx_http_gzip_filter_module
gzip hslL f flag
gzip_buffers hsl 2 buffers
gzip_types hsl 1+ types
gzip_comp_level hsl 1 number:1..9
gzip_window hsl 1 size
gzip_hash hsl 1 size
postpone_gzipping hsl 1 size
gzip_no_buffer hsl f flag
gzip_min_length hsl 1 size
@ngx_http_gzip_static_module optional
gzip_static hsl 1 enum:off,on,always
@ngx_http_headers_filter_module
expires hslL 12 once scalar
add_header hslL 23 list
add_trailer hslL 23 list
add_header_inherit hslL 1 enum:off,on,merge 1.29.3..
add_trailer_inherit hslL 1 enum:off,on,merge 1.29.3..
@ngx_http_image_filter_module optional
image_filter l 123 scalar
image_filter_jpeg_quality hsl 1 scalar
image_filter_webp_quality hsl 1 scalar
image_filter_sharpen hsl 1 scalar
image_filter_transparency hsl f flag
image_filter_interlace hsl f flag
image_filter_buffer hsl 1 size
@ngx_http_index_module
index hsl 1+ list
@ngx_http_limit_conn_module
limit_conn_zone h 2 none
limit_conn hsl 2 list
limit_conn_log_level hsl 1 enum:info,notice,warn,error
limit_conn_status hsl 1 number:400..599
limit_conn_dry_run hsl f flag
@ngx_http_limit_req_module
limit_req_zone h 3 none
limit_req hsl 123 list
limit_req_log_level hsl 1 enum:info,notice,warn,error
limit_req_status hsl 1 number:400..599
limit_req_dry_run hsl f flag
@ngx_http_log_module
log_format h 2+ none
access_log hslLX 1+ list
open_log_file_cache hsl 1234 once scalar
@ngx_http_map_module
map h {2 none
map_hash_max_size h 1 number
map_hash_bucket_size h 1 number
@ngx_http_memcached_module
memcached_pass lL 1 once none
memcached_bind hsl 12 once scalar
memcached_socket_keepalive hsl f flag
memcached_connect_timeout hsl 1 msec
memcached_send_timeout hsl 1 msec
memcached_buffer_size hsl 1 size
memcached_read_timeout hsl 1 msec
memcached_next_upstream hsl 1+ mask:error,timeout,invalid_response,not_found,off
memcached_next_upstream_tries hsl 1 number
memcached_next_upstream_timeout hsl 1 msec
memcached_gzip_flag hsl 1 number
@ngx_http_mirror_module
mirror hsl 1 list
mirror_request_body hsl f flag
@ngx_http_mp4_module optional
mp4 l 0 none
mp4_buffer_size hsl 1 size
mp4_max_buffer_size hsl 1 size
mp4_start_key_frame hsl f flag 1.21.4..
@ngx_http_perl_module optional
perl_modules h 1 strings
perl_require h 1 strings
perl lX 1 none
perl_set h 2 none
@ngx_http_proxy_module
proxy_pass lLX 1 once none
proxy_redirect hsl 12 list
proxy_cookie_domain hsl 12 list
proxy_cookie_path hsl 12 list
proxy_store hsl 1 once scalar
proxy_store_access hsl 123 access
proxy_buffering hsl f flag
proxy_request_buffering hsl f flag
proxy_ignore_client_abort hsl f flag
proxy_bind hsl 12 once scalar
proxy_socket_keepalive hsl f flag
proxy_connect_timeout hsl 1 msec
proxy_send_timeout hsl 1 msec
proxy_send_lowat hsl 1 size
proxy_intercept_errors hsl f flag
proxy_set_header hsl 2 pairs
proxy_headers_hash_max_size hsl 1 number
proxy_headers_hash_bucket_size hsl 1 number
proxy_set_body hsl 1 string
proxy_method hsl 1 complex
proxy_pass_request_headers hsl f flag
proxy_pass_request_body hsl f flag
proxy_buffer_size hsl 1 size
proxy_read_timeout hsl 1 msec
proxy_buffers hsl 2 buffers
proxy_busy_buffers_size hsl 1 size
proxy_force_ranges hsl f flag
proxy_limit_rate hsl 1 size ..1.26.3
proxy_limit_rate hsl 1 size$ 1.27.0..
proxy_cache hsl 1 once scalar
proxy_cache_key hsl 1 once scalar
proxy_cache_path h 2+ none
proxy_cache_bypass hsl 1+ predicates
proxy_no_cache hsl 1+ predicates
proxy_cache_valid hsl 1+ valid
proxy_cache_min_uses hsl 1 number
proxy_cache_max_range_offset hsl 1 offset
proxy_cache_use_stale hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_502,http_503,http_504,http_403,http_404,http_429,updating,off
proxy_cache_methods hsl 1+ mask:GET,HEAD,POST
proxy_cache_lock hsl f flag
proxy_cache_lock_timeout hsl 1 msec
proxy_cache_lock_age hsl 1 msec
proxy_cache_revalidate hsl f flag
proxy_cache_convert_head hsl f flag
proxy_cache_background_update hsl f flag
proxy_temp_path hsl 1234 path
proxy_max_temp_file_size hsl 1 size
proxy_temp_file_write_size hsl 1 size
proxy_next_upstream hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_502,http_503,http_504,http_403,http_404,http_429,updating,off
proxy_next_upstream_tries hsl 1 number
proxy_next_upstream_timeout hsl 1 msec
proxy_pass_header hsl 1 strings
proxy_hide_header hsl 1 strings
proxy_ignore_headers hsl 1+ mask:X-Accel-Redirect,X-Accel-Expires,X-Accel-Limit-Rate,X-Accel-Buffering,X-Accel-Charset,Expires,Cache-Control,Set-Cookie,Vary
proxy_http_version hsl 1 enum:1.0,1.1,2@1.29.4
proxy_ssl_session_reuse hsl f flag
proxy_ssl_protocols hsl 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
proxy_ssl_ciphers hsl 1 string
proxy_ssl_name hsl 1 complex
proxy_ssl_server_name hsl f flag
proxy_ssl_verify hsl f flag
proxy_ssl_verify_depth hsl 1 number
proxy_ssl_trusted_certificate hsl 1 string
proxy_ssl_crl hsl 1 string
proxy_ssl_certificate hsl 1 string ..1.20.2
proxy_ssl_certificate hsl 1 complex 1.21.0..
proxy_ssl_certificate_key hsl 1 string ..1.20.2
proxy_ssl_certificate_key hsl 1 complex 1.21.0..
proxy_ssl_password_file hsl 1 once scalar
proxy_cookie_flags hsl 1234 list 1.19.3..
proxy_ssl_conf_command hsl 2 pairs 1.19.4..
proxy_pass_trailers hsl f flag 1.27.2..
proxy_ssl_certificate_cache hsl 123 once scalar 1.27.4..
proxy_socket_rcvbuf hsl 1 size 1.31.3..
proxy_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_random_index_module optional
random_index l f flag
@ngx_http_realip_module optional
set_real_ip_from hsl 1 list
real_ip_header hsl 1 once scalar
real_ip_recursive hsl f flag
@ngx_http_referer_module
valid_referers sl 1+ list
referer_hash_max_size sl 1 number
referer_hash_bucket_size sl 1 number
@ngx_http_rewrite_module
rewrite slSL 23 none
return slSL 12 none
break slSL 0 none
if sl {1+ none
set slSL 2 none
rewrite_log hslSL f flag
uninitialized_variable_warn hslSL f flag
@ngx_http_scgi_module
scgi_pass lL 1 once none
scgi_store hsl 1 once scalar
scgi_store_access hsl 123 access
scgi_buffering hsl f flag
scgi_request_buffering hsl f flag
scgi_ignore_client_abort hsl f flag
scgi_bind hsl 12 once scalar
scgi_socket_keepalive hsl f flag
scgi_connect_timeout hsl 1 msec
scgi_send_timeout hsl 1 msec
scgi_buffer_size hsl 1 size
scgi_pass_request_headers hsl f flag
scgi_pass_request_body hsl f flag
scgi_intercept_errors hsl f flag
scgi_read_timeout hsl 1 msec
scgi_buffers hsl 2 buffers
scgi_busy_buffers_size hsl 1 size
scgi_force_ranges hsl f flag
scgi_limit_rate hsl 1 size ..1.26.3
scgi_limit_rate hsl 1 size$ 1.27.0..
scgi_cache hsl 1 once scalar
scgi_cache_key hsl 1 once scalar
scgi_cache_path h 2+ none
scgi_cache_bypass hsl 1+ predicates
scgi_no_cache hsl 1+ predicates
scgi_cache_valid hsl 1+ valid
scgi_cache_min_uses hsl 1 number
scgi_cache_max_range_offset hsl 1 offset
scgi_cache_use_stale hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
scgi_cache_methods hsl 1+ mask:GET,HEAD,POST
scgi_cache_lock hsl f flag
scgi_cache_lock_timeout hsl 1 msec
scgi_cache_lock_age hsl 1 msec
scgi_cache_revalidate hsl f flag
scgi_cache_background_update hsl f flag
scgi_temp_path hsl 1234 path
scgi_max_temp_file_size hsl 1 size
scgi_temp_file_write_size hsl 1 size
scgi_next_upstream hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
scgi_next_upstream_tries hsl 1 number
scgi_next_upstream_timeout hsl 1 msec
scgi_param hsl 23 params
scgi_pass_header hsl 1 strings
scgi_hide_header hsl 1 strings
scgi_ignore_headers hsl 1+ mask:X-Accel-Redirect,X-Accel-Expires,X-Accel-Limit-Rate,X-Accel-Buffering,X-Accel-Charset,Expires,Cache-Control,Set-Cookie,Vary
scgi_socket_rcvbuf hsl 1 size 1.31.3..
scgi_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_secure_link_module optional
secure_link hsl 1 complex
secure_link_md5 hsl 1 complex
secure_link_secret hsl 1 string
@ngx_http_slice_filter_module optional
slice hsl 1 size
@ngx_http_split_clients_module
split_clients h {2 none
@ngx_http_ssi_filter_module
ssi hslL f flag
ssi_silent_errors hsl f flag
ssi_ignore_recycled_buffers hsl f flag
ssi_min_file_chunk hsl 1 size
ssi_value_length hsl 1 size
ssi_types hsl 1+ types
ssi_last_modified hsl f flag
@ngx_http_ssl_module optional
ssl hs f flag ..1.25.0
ssl_certificate hs 1 strings
ssl_certificate_key hs 1 strings
ssl_password_file hs 1 once scalar
ssl_dhparam hs 1 string
ssl_ecdh_curve hs 1 string
ssl_protocols hs 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_ciphers hs 1 string
ssl_buffer_size hs 1 size
ssl_verify_client hs 1 enum:off,on,optional,optional_no_ca
ssl_verify_depth hs 1 number
ssl_client_certificate hs 1 string
ssl_trusted_certificate hs 1 string
ssl_prefer_server_ciphers hs f flag
ssl_session_cache hs 12 scalar
ssl_session_tickets hs f flag
ssl_session_ticket_key hs 1 strings
ssl_session_timeout hs 1 sec
ssl_crl hs 1 string
ssl_stapling hs f flag
ssl_stapling_file hs 1 string
ssl_stapling_responder hs 1 string
ssl_stapling_verify hs f flag
ssl_early_data hs f flag
ssl_ocsp hs f enum:off,on,leaf 1.19.0..1.28.0
ssl_ocsp hs f enum:off,on,leaf 1.29.0..1.29.2
ssl_ocsp hs 1 enum:off,on,leaf 1.28.1..1.28.3
ssl_ocsp hs 1 enum:off,on,leaf 1.29.3..
ssl_ocsp_responder hs 1 string 1.19.0..
ssl_ocsp_cache hs 1 once scalar 1.19.0..
ssl_conf_command hs 2 pairs 1.19.4..
ssl_reject_handshake hs f flag 1.19.4..
ssl_certificate_cache hs 123 once scalar 1.27.4..
ssl_certificate_compression hs f flag 1.29.1..
ssl_ech_file hs 1 strings 1.29.4..
@ngx_http_stub_status_module optional
stub_status sl 01 none
@ngx_http_sub_filter_module optional
sub_filter hsl 2 list
sub_filter_types hsl 1+ types
sub_filter_once hsl f flag
sub_filter_last_modified hsl f flag
@ngx_http_try_files_module
try_files sl 2+ once none
@ngx_http_tunnel_module
tunnel_pass slL 01 once none 1.31.0..
tunnel_bind hsl 12 once scalar 1.31.0..
tunnel_socket_keepalive hsl f flag 1.31.0..
tunnel_connect_timeout hsl 1 msec 1.31.0..
tunnel_send_timeout hsl 1 msec 1.31.0..
tunnel_send_lowat hsl 1 size 1.31.0..
tunnel_buffer_size hsl 1 size 1.31.0..
tunnel_read_timeout hsl 1 msec 1.31.0..
tunnel_next_upstream hsl 1+ mask:error,timeout,off 1.31.0..
tunnel_next_upstream_tries hsl 1 number 1.31.0..
tunnel_next_upstream_timeout hsl 1 msec 1.31.0..
tunnel_socket_rcvbuf hsl 1 size 1.31.3..
tunnel_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_upstream
upstream h {1 none
server u 1+ none
resolver u 1+ once none 1.27.3..
resolver_timeout u 1 msec 1.27.3..
@ngx_http_upstream_hash_module
hash u 12 none
@ngx_http_upstream_ip_hash_module
ip_hash u 0 none
@ngx_http_upstream_keepalive_module
keepalive u 1 once none ..1.29.6
keepalive u 12 once none 1.29.7..
keepalive_timeout u 1 msec
keepalive_requests u 1 number
keepalive_time u 1 msec 1.19.10..
@ngx_http_upstream_least_conn_module
least_conn u 0 none
@ngx_http_upstream_least_time_module
least_time u 12 none 1.31.0..
@ngx_http_upstream_random_module
random u 012 none
@ngx_http_upstream_sticky_module
sticky u 2+ none 1.29.6..
@ngx_http_upstream_zone_module
zone u 12 none
@ngx_http_userid_filter_module
userid hsl 1 enum:off,log,v1,on
userid_service hsl 1 number
userid_name hsl 1 string
userid_domain hsl 1 string
userid_path hsl 1 string
userid_expires hsl 1 once scalar
userid_p3p hsl 1 string
userid_mark hsl 1 once scalar
userid_flags hsl 123 mask:off,secure,httponly,samesite=strict,samesite=lax,samesite=none 1.19.3..
@ngx_http_uwsgi_module
uwsgi_pass lL 1 once none
uwsgi_modifier1 hsl 1 number:0..255
uwsgi_modifier2 hsl 1 number:0..255
uwsgi_store hsl 1 once scalar
uwsgi_store_access hsl 123 access
uwsgi_buffering hsl f flag
uwsgi_request_buffering hsl f flag
uwsgi_ignore_client_abort hsl f flag
uwsgi_bind hsl 12 once scalar
uwsgi_socket_keepalive hsl f flag
uwsgi_connect_timeout hsl 1 msec
uwsgi_send_timeout hsl 1 msec
uwsgi_buffer_size hsl 1 size
uwsgi_pass_request_headers hsl f flag
uwsgi_pass_request_body hsl f flag
uwsgi_intercept_errors hsl f flag
uwsgi_read_timeout hsl 1 msec
uwsgi_buffers hsl 2 buffers
uwsgi_busy_buffers_size hsl 1 size
uwsgi_force_ranges hsl f flag
uwsgi_limit_rate hsl 1 size ..1.26.3
uwsgi_limit_rate hsl 1 size$ 1.27.0..
uwsgi_cache hsl 1 once scalar
uwsgi_cache_key hsl 1 once scalar
uwsgi_cache_path h 2+ none
uwsgi_cache_bypass hsl 1+ predicates
uwsgi_no_cache hsl 1+ predicates
uwsgi_cache_valid hsl 1+ valid
uwsgi_cache_min_uses hsl 1 number
uwsgi_cache_max_range_offset hsl 1 offset
uwsgi_cache_use_stale hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
uwsgi_cache_methods hsl 1+ mask:GET,HEAD,POST
uwsgi_cache_lock hsl f flag
uwsgi_cache_lock_timeout hsl 1 msec
uwsgi_cache_lock_age hsl 1 msec
uwsgi_cache_revalidate hsl f flag
uwsgi_cache_background_update hsl 1 flag
uwsgi_temp_path hsl 1234 path
uwsgi_max_temp_file_size hsl 1 size
uwsgi_temp_file_write_size hsl 1 size
uwsgi_next_upstream hsl 1+ mask:error,timeout,invalid_header,non_idempotent,http_500,http_503,http_403,http_404,http_429,updating,off
uwsgi_next_upstream_tries hsl 1 number
uwsgi_next_upstream_timeout hsl 1 msec
uwsgi_param hsl 23 params
uwsgi_string hsl 1 string
uwsgi_pass_header hsl 1 strings
uwsgi_hide_header hsl 1 strings
uwsgi_ignore_headers hsl 1+ mask:X-Accel-Redirect,X-Accel-Expires,X-Accel-Limit-Rate,X-Accel-Buffering,X-Accel-Charset,Expires,Cache-Control,Set-Cookie,Vary
uwsgi_ssl_session_reuse hsl f flag
uwsgi_ssl_protocols hsl 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
uwsgi_ssl_ciphers hsl 1 string
uwsgi_ssl_name hsl 1 complex
uwsgi_ssl_server_name hsl f flag
uwsgi_ssl_verify hsl f flag
uwsgi_ssl_verify_depth hsl 1 number
uwsgi_ssl_trusted_certificate hsl 1 string
uwsgi_ssl_crl hsl 1 string
uwsgi_ssl_certificate hsl 1 string ..1.20.2
uwsgi_ssl_certificate hsl 1 complex 1.21.0..
uwsgi_ssl_certificate_key hsl 1 string ..1.20.2
uwsgi_ssl_certificate_key hsl 1 complex 1.21.0..
uwsgi_ssl_password_file hsl 1 once scalar
uwsgi_ssl_conf_command hsl 2 pairs 1.19.4..
uwsgi_ssl_certificate_cache hsl 123 once scalar 1.27.4..
uwsgi_socket_rcvbuf hsl 1 size 1.31.3..
uwsgi_socket_sndbuf hsl 1 size 1.31.3..
@ngx_http_v2_module optional
http2_recv_buffer_size h 1 size
http2_pool_size hs 1 size
http2_max_concurrent_streams hs 1 number
http2_max_concurrent_pushes hs 1 number ..1.25.0
http2_max_concurrent_pushes hs 1 scalar 1.25.1..
http2_max_requests hs 1 number ..1.19.6
http2_max_requests hs 1 scalar 1.19.7..
http2_max_field_size hs 1 size ..1.19.6
http2_max_field_size hs 1 scalar 1.19.7..
http2_max_header_size hs 1 size ..1.19.6
http2_max_header_size hs 1 scalar 1.19.7..
http2_body_preread_size hs 1 size
http2_streams_index_size hs 1 number
http2_recv_timeout hs 1 msec ..1.19.6
http2_recv_timeout hs 1 scalar 1.19.7..
http2_idle_timeout hs 1 msec ..1.19.6
http2_idle_timeout hs 1 scalar 1.19.7..
http2_chunk_size hsl 1 size
http2_push_preload hsl f flag ..1.25.0
http2_push_preload hsl f scalar 1.25.1..
http2_push hsl 1 once scalar ..1.25.0
http2_push hsl 1 scalar 1.25.1..
spdy_recv_buffer_size h 1 scalar ..1.19.6
spdy_pool_size hs 1 scalar ..1.19.6
spdy_max_concurrent_streams hs 1 scalar ..1.19.6
spdy_streams_index_size hs 1 scalar ..1.19.6
spdy_recv_timeout hs 1 scalar ..1.19.6
spdy_keepalive_timeout hs 1 scalar ..1.19.6
spdy_headers_comp hs 1 scalar ..1.19.6
spdy_chunk_size hsl 1 scalar ..1.19.6
http2 hs f flag 1.25.1..
@ngx_http_v3_module optional
http3 hs f flag 1.25.0..
http3_hq hs f flag 1.25.0..
http3_max_concurrent_streams hs 1 number 1.25.0..
http3_stream_buffer_size hs 1 size 1.25.0..
quic_retry hs f flag 1.25.0..
quic_gso hs f flag 1.25.0..
quic_host_key hs 1 once scalar 1.25.0..
quic_active_connection_id_limit hs 1 number 1.25.0..
@ngx_http_xslt_filter_module optional
xml_entities hsl 1 once scalar
xslt_stylesheet l 1+ list
xslt_param hsl 2 list
xslt_string_param hsl 2 list
xslt_types hsl 1+ types
xslt_last_modified hsl f flag
xml_external_entities hsl f flag 1.31.3..
@ngx_iocp_module optional
iocp_threads e 1 number
post_acceptex e 1 number
acceptex_read e f flag
@ngx_kqueue_module optional
kqueue_changes e 1 number
kqueue_events e 1 number
@ngx_log
error_log m 1+ list
@ngx_mail optional
mail m {0 once none
@ngx_mail_auth_http_module optional
auth_http MN 1 scalar
auth_http_timeout MN 1 msec
auth_http_header MN 2 list
auth_http_pass_client_cert MN f flag
@ngx_mail_core_module optional
server M {0 none
listen N 1+ none
protocol N 1 scalar
timeout MN 1 msec
server_name MN 1 string
error_log MN 1+ list
resolver MN 1+ once scalar
resolver_timeout MN 1 msec
max_errors MN 1 number 1.21.0..
@ngx_mail_imap_module optional
imap_client_buffer MN 1 size
imap_capabilities MN 1+ list
imap_auth MN 1+ mask:plain,login,cram-md5,external
@ngx_mail_pop3_module optional
pop3_capabilities MN 1+ list
pop3_auth MN 1+ mask:plain,apop,cram-md5,external
@ngx_mail_proxy_module optional
proxy MN f flag
proxy_buffer MN 1 size
proxy_timeout MN 1 msec
proxy_pass_error_message MN f flag
xclient MN f flag
proxy_smtp_auth MN f flag 1.19.4..
proxy_protocol MN f flag 1.19.8..1.31.3
proxy_protocol MN 1 enum:off,on,v2 1.31.4..
@ngx_mail_realip_module optional
set_real_ip_from MN 1 list 1.19.8..
@ngx_mail_smtp_module optional
smtp_client_buffer MN 1 size
smtp_greeting_delay MN 1 msec
smtp_capabilities MN 1+ list
smtp_auth MN 1+ mask:plain,login,cram-md5,external,none
@ngx_mail_ssl_module optional
ssl MN f flag ..1.25.0
starttls MN 1 scalar
ssl_certificate MN 1 strings
ssl_certificate_key MN 1 strings
ssl_password_file MN 1 once scalar
ssl_dhparam MN 1 string
ssl_ecdh_curve MN 1 string
ssl_protocols MN 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_ciphers MN 1 string
ssl_prefer_server_ciphers MN f flag
ssl_session_cache MN 12 scalar
ssl_session_tickets MN f flag
ssl_session_ticket_key MN 1 strings
ssl_session_timeout MN 1 sec
ssl_verify_client MN 1 enum:off,on,optional,optional_no_ca
ssl_verify_depth MN 1 number
ssl_client_certificate MN 1 string
ssl_trusted_certificate MN 1 string
ssl_crl MN 1 string
ssl_conf_command MN 2 pairs 1.19.4..
ssl_certificate_compression MN f flag 1.29.1..
@ngx_regex
pcre_jit m f flag
@ngx_stream optional
stream m {0 once none
@ngx_stream_access_module optional
allow tv 1 list
deny tv 1 list
@ngx_stream_core_module optional
variables_hash_max_size t 1 number
variables_hash_bucket_size t 1 number
server t {0 none
listen v 1+ none
error_log tv 1+ list
resolver tv 1+ once scalar
resolver_timeout tv 1 msec
proxy_protocol_timeout tv 1 msec
tcp_nodelay tv f flag
preread_buffer_size tv 1 size
preread_timeout tv 1 msec
server_names_hash_max_size t 1 number 1.25.5..
server_names_hash_bucket_size t 1 number 1.25.5..
server_name v 1+ none 1.25.5..
@ngx_stream_geo_module optional
geo t {12 none
@ngx_stream_geoip_module optional
geoip_country t 12 once scalar
geoip_org t 12 once scalar
geoip_city t 12 once scalar
@ngx_stream_limit_conn_module optional
limit_conn_zone t 2 none
limit_conn tv 2 list
limit_conn_log_level tv 1 enum:info,notice,warn,error
limit_conn_dry_run tv f flag
@ngx_stream_log_module optional
log_format t 2+ none
access_log tv 1+ list
open_log_file_cache tv 1234 once scalar
@ngx_stream_map_module optional
map t {2 none
map_hash_max_size t 1 number
map_hash_bucket_size t 1 number
@ngx_stream_pass_module optional
pass v 1 once none 1.25.5..
@ngx_stream_proxy_module optional
proxy_pass v 1 once none
proxy_bind tv 12 once scalar
proxy_socket_keepalive tv f flag
proxy_connect_timeout tv 1 msec
proxy_timeout tv 1 msec
proxy_buffer_size tv 1 size
proxy_downstream_buffer tv 1 size
proxy_upstream_buffer tv 1 size
proxy_upload_rate tv 1 size$
proxy_download_rate tv 1 size$
proxy_requests tv 1 number
proxy_responses tv 1 number
proxy_next_upstream tv f flag
proxy_next_upstream_tries tv 1 number
proxy_next_upstream_timeout tv 1 msec
proxy_protocol tv f flag ..1.31.3
proxy_protocol tv 1 enum:off,on,v2 1.31.4..
proxy_ssl tv f flag
proxy_ssl_session_reuse tv f flag
proxy_ssl_protocols tv 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
proxy_ssl_ciphers tv 1 string
proxy_ssl_name tv 1 complex
proxy_ssl_server_name tv f flag
proxy_ssl_verify tv f flag
proxy_ssl_verify_depth tv 1 number
proxy_ssl_trusted_certificate tv 1 string
proxy_ssl_crl tv 1 string
proxy_ssl_certificate tv 1 string ..1.20.2
proxy_ssl_certificate tv 1 complex 1.21.0..
proxy_ssl_certificate_key tv 1 string ..1.20.2
proxy_ssl_certificate_key tv 1 complex 1.21.0..
proxy_ssl_password_file tv 1 once scalar
proxy_ssl_conf_command tv 2 pairs 1.19.4..
proxy_half_close tv f flag 1.21.4..
proxy_ssl_certificate_cache tv 123 once scalar 1.27.4..
proxy_ssl_alpn tv 1+ once scalar 1.31.0..
proxy_socket_rcvbuf tv 1 size 1.31.3..
proxy_socket_sndbuf tv 1 size 1.31.3..
@ngx_stream_realip_module optional
set_real_ip_from tv 1 list
@ngx_stream_return_module optional
return v 1 once none
@ngx_stream_set_module optional
set v 2 none 1.19.3..
@ngx_stream_split_clients_module optional
split_clients t {2 none
@ngx_stream_ssl_module optional
ssl_handshake_timeout tv 1 msec
ssl_certificate tv 1 strings
ssl_certificate_key tv 1 strings
ssl_password_file tv 1 once scalar
ssl_dhparam tv 1 string
ssl_ecdh_curve tv 1 string
ssl_protocols tv 1+ mask:SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_ciphers tv 1 string
ssl_verify_client tv 1 enum:off,on,optional,optional_no_ca
ssl_verify_depth tv 1 number
ssl_client_certificate tv 1 string
ssl_trusted_certificate tv 1 string
ssl_prefer_server_ciphers tv f flag
ssl_session_cache tv 12 scalar
ssl_session_tickets tv f flag
ssl_session_ticket_key tv 1 strings
ssl_session_timeout tv 1 sec
ssl_crl tv 1 string
ssl_conf_command tv 2 pairs 1.19.4..
ssl_alpn tv 1+ once scalar 1.21.4..
ssl_reject_handshake tv f flag 1.25.5..
ssl_ocsp tv f enum:off,on,leaf 1.27.2..1.28.0
ssl_ocsp tv f enum:off,on,leaf 1.29.0..1.29.2
ssl_ocsp tv 1 enum:off,on,leaf 1.28.1..1.28.3
ssl_ocsp tv 1 enum:off,on,leaf 1.29.3..
ssl_ocsp_responder tv 1 string 1.27.2..
ssl_ocsp_cache tv 1 once scalar 1.27.2..
ssl_stapling tv f flag 1.27.2..
ssl_stapling_file tv 1 string 1.27.2..
ssl_stapling_responder tv 1 string 1.27.2..
ssl_stapling_verify tv f flag 1.27.2..
ssl_certificate_cache tv 123 once scalar 1.27.4..
ssl_certificate_compression tv f flag 1.29.1..
ssl_ech_file tv 1 strings 1.29.4..
@ngx_stream_ssl_preread_module optional
ssl_preread tv f flag
@ngx_stream_upstream optional
upstream t {1 none
server w 1+ none
resolver w 1+ once none 1.27.3..
resolver_timeout w 1 msec 1.27.3..
@ngx_stream_upstream_hash_module optional
hash w 12 none
@ngx_stream_upstream_least_conn_module optional
least_conn w 0 none
@ngx_stream_upstream_least_time_module optional
least_time w 12 none 1.31.0..
@ngx_stream_upstream_random_module optional
random w 012 none
@ngx_stream_upstream_zone_module optional
zone w 12 none
@ngx_thread_pool optional
thread_pool m 23 none
@nginx
daemon m f flag
master_process m f flag
timer_resolution m 1 msec
pid m 1 string
lock_file m 1 string
worker_processes m 1 once scalar
debug_points m 1 enum:stop,abort
user m 12 once scalar
worker_priority m 1 scalar
worker_cpu_affinity m 1+ once scalar
worker_rlimit_nofile m 1 number
worker_rlimit_core m 1 offset
worker_shutdown_timeout m 1 msec
working_directory m 1 string
env m 1 none
load_module m 1 none
`;
