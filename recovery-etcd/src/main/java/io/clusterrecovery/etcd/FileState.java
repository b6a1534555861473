package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What tells whether a file was written to or replaced: its inode, its size and its times. */
record FileState(Map<String, Object> attributes) {
  private static final String UNIX = "unix:ino,dev,size,lastModifiedTime,ctime";
  private static final String ANY = "fileKey,size,lastModifiedTime";

  static FileState of(Path file) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new FileState(Files.readAttributes(file, unix ? UNIX : ANY));
  }

  @Override
  public String toString() {
    return new TreeMap<>(attributes).toString();
  }
}
