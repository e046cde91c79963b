# docker build -t nginx-ws-lint . && docker run --rm -v "$PWD:/src" nginx-ws-lint deploy/nginx
FROM node:22-alpine
COPY LICENSE THIRD_PARTY_LICENSES /usr/local/lib/nginx-ws-lint/
COPY dist /usr/local/lib/nginx-ws-lint/dist
USER node
WORKDIR /src
ENTRYPOINT ["node", "/usr/local/lib/nginx-ws-lint/dist/cli.js"]
