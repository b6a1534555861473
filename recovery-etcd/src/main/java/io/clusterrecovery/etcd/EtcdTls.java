package io.clusterrecovery.etcd;

import java.nio.file.Path;

/** The files that a client needs to be trusted by etcd, and to trust it. */
record EtcdTls(Path ca, Path certificate, Path key) {}
