package io.clusterrecovery;

/**
 * How far a transfer has come.
 *
 * @param file the file's name
 * @param host the host it goes to or comes from
 * @param bytes how many bytes have gone over
 * @param total how many there are
 */
public record TransferProgress(String file, String host, long bytes, long total) {}
