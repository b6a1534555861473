package io.clusterrecovery.etcd;

/**
 * The program on a host that restores a snapshot.
 *
 * @param path where it is; empty if there is none
 * @param raisesRevisions whether it can raise revisions and mark them compacted
 */
record RestoreTool(String path, boolean raisesRevisions) {}
