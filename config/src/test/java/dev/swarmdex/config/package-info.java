@NullMarked
package dev.swarmdex.config;

import org.jspecify.annotations.NullMarked;
