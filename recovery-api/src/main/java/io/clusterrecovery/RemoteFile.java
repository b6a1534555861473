package io.clusterrecovery;

/**
 * A file on a host, as it was proven to be.
 *
 * @param path where it is
 * @param size its length in bytes
 * @param sha256 the digest of its content on the host, in lower-case hexadecimal
 */
public record RemoteFile(String path, long size, String sha256) {}
