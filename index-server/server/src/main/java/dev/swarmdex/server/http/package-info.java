/** What operators and their tools see over HTTP: the page, the API, the metrics and the health. All of it only reads. */
@NullMarked
package dev.swarmdex.server.http;

import org.jspecify.annotations.NullMarked;
