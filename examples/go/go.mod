module fauxdr.example/fauxdr

go 1.19
