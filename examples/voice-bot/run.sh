#!/usr/bin/env bash
# Builds the gateway, starts it and a voice bot on free ports, calls the bot, shows how long the audio takes there and back, and cleans up.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*"; }

need() { # command, Debian package
    command -v "$1" > /dev/null || missing="$missing $2"
}

missing=""
need java default-jdk-headless
need javac default-jdk-headless
need mvn maven
if [ -n "$missing" ]; then
    missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        say "Installing ${missing}..."
        log=$(mktemp)
        export DEBIAN_FRONTEND=noninteractive
        if ! { apt-get update -q && apt-get install -y -q --no-install-recommends $missing; } > "$log" 2>&1; then
            tail -n 20 "$log"
            exit 1
        fi
        rm -f "$log"
    else
        say "Missing: ${missing}(a JDK of version 17 or later, and Maven). Install them and run this again."
        exit 1
    fi
fi
version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
if [ "${version%%.*}" -lt 17 ]; then
    say "Java $version is too old: a JDK of version 17 or later is needed. JAVA_HOME or PATH says which is used."
    exit 1
fi

if [ "${1:-}" != "--no-build" ]; then
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    started=$SECONDS
    printf 'Building the gateway (the first time also fetches libraries; a minute or two) '
    mvn -B -q -DskipTests -pl examples/voice-bot -am package > "$log" 2>&1 &
    build=$!
    while kill -0 "$build" 2> /dev/null; do
        printf .
        sleep 2
    done
    if ! wait "$build"; then
        say ' failed:'
        tail -n 40 "$log"
        exit 1
    fi
    say " done in $((SECONDS - started)) s"
fi

java -cp 'examples/voice-bot/target/classes:routes/target/lib/*' \
    io.github.camelvoice.examples.voicebot.Demo routes/target/voice-gateway.jar "$PWD/examples/voice-bot/routes"
