from hocvuso.cli import main

main()
