package io.clusterrecovery.ssh;

/** By what both sides prove who they are. */
record Proof(TrustedKeys host, LoginKeys login) {}
