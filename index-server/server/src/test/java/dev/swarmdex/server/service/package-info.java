@NullMarked
package dev.swarmdex.server.service;

import org.jspecify.annotations.NullMarked;
