"""One function a format: what files a new migration becomes, numbered after what stands."""
