package io.clusterrecovery.k8s;

import io.clusterrecovery.Change;

/** A planned change, and the write that it is. */
record Remedy(Change change, ApiWrite write) {}
