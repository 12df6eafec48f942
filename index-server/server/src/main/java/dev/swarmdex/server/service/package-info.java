/** What the index does for its clients, whatever their protocol: the rules of names, sessions and leases. */
@NullMarked
package dev.swarmdex.server.service;

import org.jspecify.annotations.NullMarked;
