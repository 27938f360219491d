#!/bin/sh
# Starts the service that was built, with the Java of JAVA_HOME where it is set.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$(dirname "$0")/target/service.jar"
